import { CommanderError } from "@commander-js/extra-typings";
import { EXIT } from "./exit-codes.ts";
import { createProgram } from "./program.ts";

/** Runs the command line with its arguments, the words after `mindbridge`, and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Who reads our output may end first, as `head` does, and needs no telling.
    if (code !== "EPIPE") process.stderr.write(`The output cannot be written: ${message}\n`);
    process.exit(EXIT.failure);
  });
  process.stderr.on("error", () => process.exit(EXIT.failure));
  let exitCode = 0;
  const program = await createProgram(args, (code) => {
    exitCode = code;
  });
  try {
    // Of `help webhooks create`, commander takes no more than `help webhooks`.
    const isNested = args[0] === "help" && args.length > 2;
    await program.parseAsync(isNested ? [...args.slice(1), "--help"] : args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { reportError } = await import("./report-error.ts");
    return reportError(error, {
      json: args.includes("--json"),
      interrupted: false,
      token: process.env.MINDBRIDGE_API_TOKEN,
    });
  }
  return exitCode;
}
