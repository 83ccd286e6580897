import { CommanderError } from "@commander-js/extra-typings";
import { createProgram } from "./program.ts";

/** Runs the command line with its arguments, the words after `mindbridge`, and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  // Who reads our output may end first, as `head` does.
  process.stdout.on("error", () => process.exit());
  let exitCode = 0;
  const program = await createProgram(args, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { reportError } = await import("./report-error.ts");
    return reportError(error, { json: args.includes("--json"), interrupted: false });
  }
  return exitCode;
}
