import type { Mismatch } from "@mindbridge-sdk/contract/operation-validators";

/** A mismatch between a response and the contract, and where it was found. */
export interface Finding extends Mismatch {
  /** The operation whose response it is, such as `webhooks.get`. */
  readonly operation: string;
  /** The HTTP status of the response. */
  readonly status: number;
  /** The value that the contract does not list, of an `unknown-value`. */
  readonly value?: unknown;
}

/** How many findings are remembered: the oldest are forgotten first, and may then be reported again. */
const REMEMBERED = 1_000;

/** Makes a function that passes on each distinct finding once in `repeatAfter` milliseconds. */
export function createReporter(
  onViolation: (finding: Finding) => unknown,
  repeatAfter: number,
): (finding: Finding, body?: unknown) => void {
  const reportedAt = new Map<string, number>();
  return (mismatch, body) => {
    const finding =
      mismatch.kind === "unknown-value" ? { ...mismatch, value: valueAt(body, mismatch.pointer) } : mismatch;
    // The same in every item of an array.
    const pointer = finding.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
    const key = JSON.stringify([finding.operation, finding.kind, finding.keyword, pointer, finding.value]);
    const now = Date.now();
    const before = reportedAt.get(key);
    if (before !== undefined && now - before < repeatAfter) return;
    reportedAt.delete(key);
    reportedAt.set(key, now);
    const [oldest = key] = reportedAt.keys();
    if (reportedAt.size > REMEMBERED) reportedAt.delete(oldest);
    (async () => onViolation(finding))().catch(() => {});
  };
}

/** The value that a JSON Pointer points at. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, segment) => (node as Record<string, unknown> | undefined)?.[segment], body);
}
