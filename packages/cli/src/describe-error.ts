import { advice, happening, isCallError } from "./call-error.ts";
import { printable } from "./printable.ts";
import { redactor } from "./redact.ts";

/** The fields of an error that a program can go by. Nothing else of it is printed: an error may hold a request. */
const FIELDS = ["code", "operation", "outcome", "status", "requestId", "retryAfter"] as const;

/** An error as `--json` prints it: its name, message and what it says for programs, where it does. No token is in it. */
export function describeError(error: unknown, token: string | undefined): Readonly<Record<string, unknown>> {
  const redact = redactor(token);
  if (!(error instanceof Error)) return { name: "Error", message: redact(String(error)) };
  const fields = FIELDS.flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return field in error ? [[field, typeof value === "string" ? redact(value) : value]] : [];
  });
  return { name: error.name, message: messageOf(error, redact), ...Object.fromEntries(fields) };
}

/** An error as people read it: its message and, where it is of the API, what identifies it and what to do. */
export function explainError(error: unknown, token: string | undefined): string {
  const redact = redactor(token);
  if (!(error instanceof Error)) return printable(redact(String(error)));
  const message = messageOf(error, redact);
  if (!isCallError(error)) return printable(message);
  const { code, status, outcome, requestId = "" } = error;
  const facts = Object.entries({ code, status, outcome, "request id": redact(requestId) }).filter(([, value]) => value);
  const identified = facts.map(([name, value]) => `${name}: ${value}`).join(", ");
  return printable([message, identified, ...advice(error)].join("\n"));
}

function messageOf(error: Error, redact: (text: string) => string): string {
  return isCallError(error) ? happening(error, redact) : redact(error.message);
}
