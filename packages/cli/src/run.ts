import { CommanderError } from "@commander-js/extra-typings";
import { describeError, explainError } from "./describe-error.ts";
import { EXIT } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command line with its arguments, the words after `mindbridge`, and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  // Who reads our output may end first, as `head` does.
  process.stdout.on("error", () => process.exit());
  const interruption = new AbortController();
  // The second signal ends the process, should the first one not.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
  const { signal } = interruption;
  let exitCode: number = EXIT.success;
  const program = createProgram({ env: process.env, stdin: process.stdin, signal }, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error, { json: args.includes("--json"), interrupted: signal.aborted });
  }
}

/** Says what went wrong, and returns the exit code for it. */
function report(error: unknown, { json, interrupted }: { json: boolean; interrupted: boolean }): number {
  // Commander has printed the help, the version or the error by now.
  const printed = error instanceof CommanderError;
  if (printed && error.exitCode === 0) return EXIT.success;
  if (!printed) process.stderr.write(`${explainError(error)}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error: describeError(error) }, undefined, 2)}\n`);
  if (printed || error instanceof UsageError || codeOf(error) === "configuration") return EXIT.usage;
  return interrupted || codeOf(error) === "cancelled" ? EXIT.interrupted : EXIT.failure;
}

/** The `code` of an error, by which those of other packages are told apart without loading them. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
