import { CancelledError } from "./cancelled-error.ts";
import type { Action } from "./context.ts";
import { createOutput } from "./output.ts";
import { reportError } from "./report-error.ts";

/** Runs what a command does, and resolves to its exit code. */
export async function runAction<Options extends { readonly json?: true | undefined }>(
  action: Action<Options>,
  options: Options,
): Promise<number> {
  const { env, stdin, stdout, stderr } = process;
  const json = options.json === true;
  const interruption = new AbortController();
  const { signal } = interruption;
  // The second signal ends the process, should the first one not.
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => interruption.abort(new CancelledError("Interrupted.")));
  try {
    const output = createOutput({ json, stdout, stderr });
    return await action(options, { env, stdin, signal, output, interactive: stdin.isTTY && stderr.isTTY });
  } catch (error) {
    return reportError(error, { json, interrupted: signal.aborted, token: env.MINDBRIDGE_API_TOKEN });
  }
}
