/** The fields of an error that a program can go by. Nothing else of it is printed: an error may hold a request. */
const FIELDS = ["code", "operation", "outcome", "status", "requestId", "retryAfter"] as const;

/** An error as `--json` prints it: its name, message and what it says for programs, where it does. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  return { name: error.name, message: error.message, ...fieldsOf(error) };
}

/** An error as people read it: its message and, where it is of the API, what identifies it and what to do. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, status, outcome, requestId, retryAfter } = fieldsOf(error);
  if (outcome === undefined) return error.message;
  const facts = Object.entries({ code, status, outcome, "request id": requestId }).filter(([, value]) => value);
  const todo = [
    ADVICE[String(code)],
    retryAfter === undefined ? undefined : `It asks to wait for ${Math.ceil(Number(retryAfter) / 1000)} s.`,
    outcome === "unknown" && Reflect.get(error, "method") !== "GET" ? REPEATING : undefined,
  ];
  const lines = [error.message.trim(), facts.map(([name, value]) => `${name}: ${String(value)}`).join(", "), ...todo];
  return lines.filter(Boolean).join("\n");
}

function fieldsOf(error: Error): Partial<Record<(typeof FIELDS)[number], unknown>> {
  return Object.fromEntries(FIELDS.flatMap((field) => (field in error ? [[field, Reflect.get(error, field)]] : [])));
}

const REPEATING = "It may have been done: look in MindBridge before you repeat it.";

/** What to do about an error of the client, where its message does not say it in the words of the command line. */
const ADVICE: Readonly<Record<string, string>> = {
  authentication: "Set MINDBRIDGE_API_TOKEN to a token of this tenant that is in force.",
  configuration: "Correct --api-url, MINDBRIDGE_API_URL or MINDBRIDGE_API_TOKEN.",
  connection: "Look whether --api-url or MINDBRIDGE_API_URL is right, and whether a proxy is between.",
  not_found:
    "Look whether the id is right, and whether --api-url or MINDBRIDGE_API_URL names the tenant that it is of.",
  permission_denied: "Ask an administrator of the tenant for a token with the scope that this needs.",
  redirect: "Correct --api-url or MINDBRIDGE_API_URL.",
};
