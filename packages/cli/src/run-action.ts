import { type Access, type Action, EXIT, type Host } from "./action.ts";
import { describeError, explainError } from "./describe-error.ts";
import { UsageError } from "./errors.ts";
import { widthOf, wrap } from "./layout.ts";
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
  const { stdin, stdout, stderr } = host;
  const json = options.json === true;
  const output = createOutput({ json, stdout, stderr });
  const access: Access = {};
  try {
    return await action(options, { ...host, signal, output, access, interactive: stdin.isTTY && stderr.isTTY });
  } catch (error) {
    return reportError(error, { json, interrupted: signal.aborted, reached: output.reached, access }, host);
  }
}

/** Says what went wrong, with `--json` also as one document on stdout, which has what was `reached`. Returns the exit code. */
export function reportError(
  thrown: unknown,
  {
    json,
    interrupted,
    reached = {},
    access = {},
  }: {
    readonly json: boolean;
    readonly interrupted: boolean;
    readonly reached?: object;
    readonly access?: Access;
  },
  { env, stdout, stderr }: Host,
): number {
  // Its class would load commander a second time.
  const isOfCommander = String(codeOf(thrown)).startsWith("commander.");
  const error = isOfCommander ? new UsageError((thrown as Error).message.replace(/^error: /, "")) : thrown;
  // Commander has printed its own.
  if (!isOfCommander) stderr.write(`${wrap(explainError(error, { env, access }), widthOf(stderr))}\n`);
  if (json) stdout.write(`${printableJson({ ...reached, error: describeError(error, { env, access }) }, 2)}\n`);
  const code = codeOf(error);
  if (USAGE_CODES.has(code)) return EXIT.usage;
  return interrupted || code === "cancelled" ? EXIT.interrupted : EXIT.failure;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
