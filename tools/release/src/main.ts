// The commands of a release, each a script of the repository's package.json.
//
//   node src/main.ts COMMAND [OPTION...]
import { type ParseArgsConfig, parseArgs } from "node:util";
import { ROOT } from "@mindbridge-sdk/repository/packages";

/** Each returns an exit code. */
type Command = (args: readonly string[]) => number | Promise<number>;

const withoutOptions =
  (script: string, run: (root: string) => number | Promise<number>): Command =>
  (args) => {
    parseOptions(script, args, {});
    return run(ROOT);
  };

// Loaded once the arguments are known to be right: the libraries behind the commands take a second or two.
const commands = () => import("./commands.ts");
const versions = () => import("./versions.ts");

const COMMANDS: Readonly<Record<string, Command>> = {
  changeset: withoutOptions("spec:changeset", async (root) => (await commands()).changeset(root)),
  check: withoutOptions("release:check", async (root) => (await commands()).check(root)),
  diff: async (args) => {
    const { diff, DIFF_OPTIONS } = await commands();
    return diff(ROOT, parseOptions("spec:diff", args, DIFF_OPTIONS));
  },
  plan: withoutOptions("release:plan", async (root) => (await commands()).plan(root)),
  prepare: withoutOptions("release:prepare", async (root) => (await versions()).prepare(root, process.env)),
  version: withoutOptions("release:version", async (root) => (await versions()).version(root)),
};

/** Reads the arguments of a script. It throws before anything is done if the script does not take them. */
function parseOptions<const T extends NonNullable<ParseArgsConfig["options"]>>(
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

const [name = "", ...args] = process.argv.slice(2);
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Error(`There is no \`${name}\`: there are ${Object.keys(COMMANDS).join(", ")}.`);
  process.exitCode = await command(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
