/** The fields of an error that a program can go by. Nothing else of it is printed: an error may hold a request. */
const FIELDS = ["code", "operation", "outcome", "status", "requestId", "retryAfter"] as const;

/** An error as `--json` prints it: its name, message and what it says for programs, where it does. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const known = FIELDS.flatMap((field) => (field in error ? [[field, Reflect.get(error, field)]] : []));
  return { name: error.name, message: error.message, ...Object.fromEntries(known) };
}
