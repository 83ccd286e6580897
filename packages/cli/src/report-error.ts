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

/** An error of commander in the words of the others. */
function ofCommander({ message }: Error): UsageError {
  return new UsageError(message.replace(/^error: /, ""));
}

/** Says what went wrong, with `--json` as one document on stdout too, and returns the exit code for it. */
export function reportError(error: unknown, { json, interrupted, token }: Ending): number {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  // Commander has printed its own by now. Its class is told by the code, since loading it here would be a second time.
  const isOfCommander = String(code).startsWith("commander.");
  if (!isOfCommander) process.stderr.write(`${explainError(error, token)}\n`);
  const described = isOfCommander ? describeError(ofCommander(error as Error), token) : describeError(error, token);
  if (json) process.stdout.write(`${printableJson({ error: described }, 2)}\n`);
  if (isOfCommander || USAGE_CODES.has(code)) return EXIT.usage;
  return interrupted || code === "cancelled" ? EXIT.interrupted : EXIT.failure;
}
