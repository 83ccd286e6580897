import { describeError, explainError } from "./describe-error.ts";
import { EXIT } from "./exit-codes.ts";
import { printableJson } from "./printable.ts";
import { UsageError } from "./usage-error.ts";

/** The codes of errors that say that the command was used wrongly, whichever package they are of. */
const USAGE_CODES = new Set<unknown>(["usage", "configuration"]);

/** How a command ended that failed. */
interface Ending {
  readonly json: boolean;
  readonly interrupted: boolean;
  /** What must not be printed. */
  readonly token: string | undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** An error of commander in the words of the others. */
function ofCommander({ message }: Error): UsageError {
  return new UsageError(message.replace(/^error: /, ""));
}

/** Says what went wrong, with `--json` as one document on stdout too, and returns the exit code for it. */
export function reportError(thrown: unknown, { json, interrupted, token }: Ending): number {
  // Its class is told by the code, since loading it here would be a second time.
  const isOfCommander = String(codeOf(thrown)).startsWith("commander.");
  const error = isOfCommander ? ofCommander(thrown as Error) : thrown;
  // Commander has printed its own by now.
  if (!isOfCommander) process.stderr.write(`${explainError(error, token)}\n`);
  if (json) process.stdout.write(`${printableJson({ error: describeError(error, token) }, 2)}\n`);
  const code = codeOf(error);
  if (USAGE_CODES.has(code)) return EXIT.usage;
  return interrupted || code === "cancelled" ? EXIT.interrupted : EXIT.failure;
}
