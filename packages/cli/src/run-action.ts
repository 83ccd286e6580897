import { type Action, EXIT, type Host } from "./action.ts";
import { describeError, explainError } from "./describe-error.ts";
import { PartialError, UsageError } from "./errors.ts";
import { createOutput } from "./output.ts";
import { printableJson } from "./printable.ts";

/** The codes of errors, of any package, that mean wrong use. */
const USAGE_CODES = new Set<unknown>(["usage", "configuration"]);

/** Runs a command, and resolves to its exit code. */
export async function runAction<Options extends { readonly json?: true | undefined }>(
  action: Action<Options>,
  options: Options,
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const { env, stdin, stdout, stderr } = host;
  const json = options.json === true;
  try {
    const output = createOutput({ json, stdout, stderr });
    return await action(options, { env, stdin, stderr, signal, output, interactive: stdin.isTTY && stderr.isTTY });
  } catch (error) {
    return reportError(error, { json, interrupted: signal.aborted }, host);
  }
}

/** Says what went wrong, with `--json` also as one document on stdout, and returns the exit code. */
export function reportError(
  thrown: unknown,
  { json, interrupted }: { readonly json: boolean; readonly interrupted: boolean },
  { env, stdout, stderr }: Host,
): number {
  const { document, cause } = thrown instanceof PartialError ? thrown : { document: {}, cause: thrown };
  // Its class would load commander a second time.
  const isOfCommander = String(codeOf(cause)).startsWith("commander.");
  const error = isOfCommander ? new UsageError((cause as Error).message.replace(/^error: /, "")) : cause;
  // Commander has printed its own.
  if (!isOfCommander) stderr.write(`${explainError(error, env)}\n`);
  if (json) stdout.write(`${printableJson({ ...document, error: describeError(error, env) }, 2)}\n`);
  const code = codeOf(error);
  if (USAGE_CODES.has(code)) return EXIT.usage;
  return interrupted || code === "cancelled" ? EXIT.interrupted : EXIT.failure;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
