import { ConfigurationError } from "./errors/configuration-error.ts";
import type { ErrorDetails, MindBridgeError, Outcome } from "./errors/mindbridge-error.ts";
import type { Settings } from "./options.ts";
import { redactCause, redactor } from "./redact.ts";
import { isSafe } from "./retry-policy.ts";

/** One call over all of its attempts: its options, and what its errors tell. */
export interface Call extends Settings {
  readonly operation: string;
  /** `""` before there is a request, as is `url`. */
  method: string;
  url: string;
  attempts: number;
  outcome: Outcome;
  /** The tokens that it has used, none of which may show in an error. The last one is in use. */
  readonly tokens: string[];
}

/**
 * The error that ends `call`.
 *
 * @param sentence What happened and what to do now, to go on from "webhooks.create: POST https://…".
 */
export function failure<T extends MindBridgeError>(
  { operation, method, url, attempts, outcome, tokens }: Call,
  ErrorClass: new (message: string, details: ErrorDetails) => T,
  sentence: string,
  extra?: object,
): T {
  const redact = redactor(tokens);
  const details = { operation, method, url: redact(url), attempts, outcome, ...extra };
  if ("cause" in details) details.cause = redactCause(details.cause, redact);
  const warning = outcome === "unknown" && !isSafe(method) ? " It may have been done: look before you repeat it." : "";
  return new ErrorClass(redact(`${operation}: ${method} ${url} ${sentence}`.replace("   ", " ")) + warning, details);
}

/** Ends `call` with a `ConfigurationError`. */
export function misuse(call: Call, problem: string, extra?: object): never {
  throw failure(call, ConfigurationError, `failed: ${problem}.`, extra);
}
