/** An error of a call of the API, as the client throws it. Its class is not loaded where nothing was called. */
export type CallError = Error & {
  readonly code: string;
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly outcome: string;
  readonly status?: number;
  /** What the API answered. */
  readonly text?: string;
  readonly requestId?: string | undefined;
  /** In milliseconds. */
  readonly retryAfter?: number | undefined;
};

/** How much of what the API answered is told, in characters. */
const EXCERPT = 200;

/** Whether it is an error of a call. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && "operation" in error && "outcome" in error;
}

/** What happened, in the words of the command line: the client's are for those who write programs. */
export function happening(error: CallError, redact: (text: string) => string): string {
  const { code, operation, method, url, status, text = "" } = error;
  const what = HAPPENINGS[code]?.(error) ?? (status === undefined ? undefined : `answered ${status}`);
  if (what === undefined) return redact(error.message.trim());
  // It is redacted first: a token that is cut in two would not be found.
  const said = redact(text).replaceAll(/\s+/g, " ").trim().slice(0, EXCERPT);
  return `${redact(`${operation}: ${method} ${url} ${what}.`)}${said === "" ? "" : ` It said: ${said}`}`;
}

/** What to do about it, where there is something. */
export function advice(error: CallError): string[] {
  const { code, method, outcome, retryAfter } = error;
  const isRefused = code === "connection" && reason(error) === "ECONNREFUSED";
  const todo = isRefused ? START : ADVICE[code];
  return [
    ...(todo === undefined ? [] : [todo]),
    ...(retryAfter === undefined ? [] : [`It asks to wait for ${Math.ceil(retryAfter / 1000)} s.`]),
    ...(outcome === "unknown" && method !== "GET" ? [REPEATING] : []),
  ];
}

const HAPPENINGS: Readonly<Record<string, (error: CallError) => string>> = {
  abort: () => "was interrupted",
  connection: (error) => `got no answer (${reason(error)})`,
  redirect: ({ status }) => `answered ${status}, which leads elsewhere`,
  response_parse: ({ status }) => `answered ${status}, and no JSON`,
  timeout: () => "was not answered in time",
};

const REPEATING = "It may have been done: look in MindBridge before you repeat it.";
const START =
  "Nothing listens there. Start it, if it is a mock (mindbridge mock), or correct --api-url or MINDBRIDGE_API_URL.";
const CORRECT_URL = "Correct --api-url or MINDBRIDGE_API_URL.";
const CORRECT_REQUEST = "Correct what was sent.";

const ADVICE: Readonly<Record<string, string>> = {
  authentication: "Set MINDBRIDGE_API_TOKEN to a token of this tenant that is in force.",
  bad_request: CORRECT_REQUEST,
  connection: "Look whether --api-url or MINDBRIDGE_API_URL is right, and whether a proxy is between.",
  internal_server: "Come again later.",
  not_found:
    "Look whether the id is right, and whether --api-url or MINDBRIDGE_API_URL names the tenant that it is of.",
  permission_denied: "Ask an administrator of the tenant for a token with the scope that this needs.",
  rate_limit: "Come again later.",
  redirect: CORRECT_URL,
  response_parse: `${CORRECT_URL} Often it is a proxy that answers so.`,
  timeout: "Look what is slow, or come again later.",
  unprocessable_entity: CORRECT_REQUEST,
};

/** What went wrong with a connection: the code of what lies underneath, such as `ECONNREFUSED`, or what it says. */
function reason(error: Error): string {
  const { cause } = error;
  if ("code" in error && error.code !== "connection") return String(error.code);
  return cause instanceof Error ? reason(cause) : error.message;
}
