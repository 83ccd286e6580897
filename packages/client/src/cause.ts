import type { Redact } from "./redact.ts";

/** The cause of an error: itself where it can be searched and holds no token, otherwise an error with its text. */
export function redactCause(cause: unknown, redact: Redact): unknown {
  try {
    const text = JSON.stringify([cause], searchable);
    if (redact(text) === text) return cause;
  } catch {
    // A circle, say: it cannot be searched.
  }
  return new Error(redact(`${cause}`));
}

/** What JSON would leave out. */
const searchable = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? [{ ...value }, value.message, value.stack, value.cause, (value as AggregateError).errors]
    : value instanceof Headers
      ? [...value]
      : value;
