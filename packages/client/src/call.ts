import { resolveBaseUrl } from "./base-url.ts";
import { redactCause } from "./cause.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import type { ErrorDetails, MindBridgeError, Outcome } from "./errors/mindbridge-error.ts";
import type { RequestOptions, Settings } from "./options.ts";
import { redactor } from "./redact.ts";
import { isSafe } from "./retry-policy.ts";

/** What the errors of a call tell of it. */
export interface CallState {
  readonly operation: string;
  /** `""` before there is a request, as is `url`. */
  method: string;
  url: string;
  attempts: number;
  outcome: Outcome;
}

/** One call over all of its attempts. */
export interface Call extends Settings {
  readonly state: CallState;
  /** The tokens that it has used, none of which may show in an error. The last one is in use. */
  readonly tokens: string[];
}

const DEFAULTS = { timeout: 30_000, maxRetries: 2, maxRetryWait: 60_000 };

/**
 * A call that has not begun, its options checked and laid over those of the client. The client itself is made by such a
 * call, over the defaults.
 *
 * @param path What is appended to the base URL.
 * @throws ConfigurationError
 */
export function newCall(
  options: RequestOptions,
  operation: string,
  method = "",
  path = "",
  client: object = DEFAULTS,
): Call {
  const state: CallState = { operation, method, url: "", attempts: 0, outcome: "not-sent" };
  const call = { ...client } as unknown as Call & Record<string, unknown>;
  for (const [name, value] of Object.entries({ ...options, state, tokens: [] })) {
    if (value != null) call[name] = value;
  }
  const { tenant, baseUrl } = options;
  call.baseUrl =
    resolveBaseUrl(tenant, tenant == null ? call.baseUrl : baseUrl) ??
    misuse(call, "pass tenant (acme) or baseUrl (https://host/api)");
  if (method) state.url = call.baseUrl + path;
  for (const name of ["timeout", "maxRetries", "maxRetryWait"] as const) {
    // Neither NaN, nor negative, nor anything but a number.
    if (Math.abs(call[name]) !== call[name]) misuse(call, `${name} must be 0 or more`);
  }
  if (typeof call.token !== "function") noteToken(call, call.token);
  return call;
}

/** Notes a token that `call` is going to use. What cannot be one ends the call, with a message that does not quote it. */
export function noteToken(call: Call, token: unknown): void {
  // Before `Headers` sees it, since that quotes what it refuses.
  if (typeof token !== "string" || !/^[!#-[\]-~]+$/.test(token)) {
    misuse(call, "token must be the API token, without Bearer or spaces");
  }
  call.tokens.push(token);
}

/**
 * The error that ends `call`.
 *
 * @param sentence What happened and what to do now, to go on from "webhooks.create: POST https://…".
 */
export function failure<T extends MindBridgeError>(
  { state, tokens }: Call,
  ErrorClass: new (message: string, details: ErrorDetails) => T,
  sentence: string,
  extra?: object,
): T {
  const redact = redactor(tokens);
  const details: ErrorDetails = { ...state, ...extra };
  details.cause &&= redactCause(details.cause, redact);
  const warning = state.outcome === "unknown" && !isSafe(state.method) ? " It may be done: look before you retry." : "";
  return new ErrorClass(
    redact(`${state.operation}: ${state.method} ${state.url} ${sentence}`.replace("   ", " ")) + warning,
    details,
  );
}

/** Ends `call` with a `ConfigurationError`. */
export function misuse(call: Call, problem: string): never {
  throw failure(call, ConfigurationError, `failed: ${problem}.`);
}
