import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * Reads what a script was given.
 *
 * @throws {Error} if it does not take that, before anything is done.
 */
export function parseOptions<const T extends NonNullable<ParseArgsConfig["options"]>>(
  script: string,
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const known = Object.entries(options).map(([name, { type }]) => `--${name}${type === "string" ? " VALUE" : ""}`);
    const takes = known.length > 0 ? `takes ${known.join(", ")}` : "takes no arguments";
    throw new Error(`\`pnpm ${script}\` ${takes}, and was given \`${args.join(" ")}\`. Nothing has been done.`, {
      cause,
    });
  }
}
