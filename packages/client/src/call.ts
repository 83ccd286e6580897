import { OPTIONAL_TOKENS, TOKEN_HEADERS } from "@mindbridge-sdk/contract";
import { resolveBaseUrl, whyUnresolved } from "./base-url.ts";
import { ConfigurationError, type ErrorDetails, type MindBridgeError, type Outcome } from "./errors.ts";
import { redact } from "./escapes.ts";
import { DEFAULTS, type RequestOptions, type Settings } from "./options.ts";

/** What the errors of a call say of it. */
export interface CallState {
  readonly operation: string;
  /** `""` before there is a request, as is `url`. */
  method: string;
  url: string;
  attempts: number;
  outcome: Outcome;
  /** Whether the call only reads, so that it may be repeated whatever the outcome is. No error shows it. */
  readonly safe: boolean;
}

/** What it takes to make an error of a call. */
export interface CallContext {
  readonly state: CallState;
  /** The tokens that the call has used, none of which may show in an error. The last one is in use. */
  readonly tokens: string[];
}

/** One call over all of its attempts. */
export interface Call extends Settings, CallContext {
  /** How a response is read, if not as a text. */
  readonly receive?: Receive;
  /** The header that takes the token; `""` if none is sent. */
  readonly tokenHeader: string;
}

/** The headers of the operations that do not take the token as `Authorization: Bearer`, by method and path. */
const otherTokenHeaders: Readonly<Record<string, string>> = TOKEN_HEADERS;

/** The operations that may be called without the token, by method and path. */
const optionalTokens: readonly string[] = OPTIONAL_TOKENS;

/** Whether there are operations that do not need the token as `Authorization: Bearer`. */
export const takeTokenOtherwise = optionalTokens.length > 0 || Object.keys(otherTokenHeaders).length > 0;

/** Whether a client needs no token, since there are operations that need none. */
const mayLackToken = optionalTokens.length > 0 || Object.values(otherTokenHeaders).includes("");

/** A response whose body has been read. */
export interface Received {
  readonly response: Response;
  readonly text: string;
  /** The body, if it is handed on as it comes; there is no `text` then. */
  readonly body?: ReadableStream<Uint8Array> | null;
  /** Whether the body was longer than `maxResponseBytes`, and `text` is its beginning. */
  readonly isCut?: boolean;
}

/** Reads a response until `signal` is aborted. */
export type Receive = (call: Call, response: Response, signal: AbortSignal) => Promise<Received>;

/**
 * A call that has not begun. Its options are checked, and override those of the client. A client is made as a call, too,
 * over the defaults.
 *
 * @param path What is appended to the base URL, as the document has it.
 * @param safe Whether the call only reads. Its method says so, but for a POST that does.
 * @throws ConfigurationError
 */
export function newCall(
  options: RequestOptions,
  operation: string,
  method = "",
  path = "",
  client: Partial<Settings> = DEFAULTS,
  safe = method === "GET" || method === "HEAD",
): Call {
  const context = newContext(operation, method, safe);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value != null));
  const settings = { ...client, ...given } as Settings;
  const { tenant } = options;
  const address = tenant == null ? settings.baseUrl : options.baseUrl;
  const baseUrl =
    resolveBaseUrl(tenant, address) ??
    misuse(context, `${whyUnresolved(tenant, address)}. Pass tenant (acme) or baseUrl (https://host/api)`);
  if (method) context.state.url = baseUrl + path;
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value: unknown = settings[name];
    if (typeof value !== "number" || !(value >= 0)) misuse(context, `${name} must be 0 or more`);
  }
  const route = `${method} ${path}`;
  const isLeftOut = settings.token == null && optionalTokens.includes(route);
  const tokenHeader = isLeftOut ? "" : (otherTokenHeaders[route] ?? "authorization");
  const call = { ...settings, ...context, baseUrl, tokenHeader };
  const isNeeded = method ? tokenHeader : !mayLackToken || call.token != null;
  if (isNeeded && typeof call.token !== "function") noteToken(call, call.token);
  return call;
}

/** What it takes to make an error before there is a request. */
export function newContext(operation: string, method = "", safe = false, outcome: Outcome = "not-sent"): CallContext {
  return { state: { operation, method, url: "", attempts: 0, outcome, safe }, tokens: [] };
}

/** Refuses options that are no object, or that have a name not in `names`: JavaScript passes over a misspelt one. */
export function checkOptions(context: CallContext, options: object, names: Readonly<Record<string, true>>): void {
  if (Object(options) !== options) misuse(context, "the options must be an object");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  misuse(context, `there is no option ${JSON.stringify(unknown)}. The options are ${Object.keys(names).join(", ")}`);
}

/** Notes a token that `call` is going to use. If it cannot be one, the call ends with a message that does not quote it. */
export function noteToken(call: Call, token: unknown): void {
  // Before `Headers` sees it, which quotes what it refuses.
  if (typeof token !== "string" || !/^(?!(?:undefined|null)$)[!#-[\]-~]+$/.test(token)) {
    misuse(call, `token must be the API token alone, but it ${slipIn(token)}`);
  }
  call.tokens.push(token);
}

/** What is wrong with a token, in words that hold nothing of it. */
function slipIn(token: unknown): string {
  if (typeof (token ?? "") !== "string") return `is of the type ${typeof token}`;
  const text = `${token}`;
  // Also the text that an unset variable becomes within another.
  if (/^(?:undefined|null)?$/.test(text)) return `is ${text || "empty"}: a variable is probably unset`;
  if (/^bearer\s/i.test(text)) return "begins with Bearer";
  return /\s/.test(text) ? "has a space or line break" : "has a quote or another character that no token has";
}

/**
 * The error that ends a call.
 *
 * @param sentence What happened and what to do now. It goes on from "webhooks.create: POST https://…".
 * @param extra More properties of the error. No token may be in them.
 */
export function failure<T extends MindBridgeError>(
  { state, tokens }: CallContext,
  ErrorClass: new (message: string, details: ErrorDetails) => T,
  sentence: string,
  extra?: object,
): T {
  const { safe, ...details } = state;
  const { operation, method, outcome } = details;
  const url = redact(state.url, tokens);
  const warning = outcome === "unknown" && !safe && "It may have been done: look before you retry.";
  const message = [`${operation}:`, method, url, redact(sentence, tokens), warning].filter(Boolean).join(" ");
  return new ErrorClass(message, { ...details, url, ...extra });
}

/** Ends a call with a `ConfigurationError`. */
export function misuse(call: CallContext, problem: string): never {
  throw failure(call, ConfigurationError, `failed: ${problem}.`);
}
