/**
 * What became of a call that failed, which after a failed `create` is the question:
 *
 * - `"not-sent"`: nothing left this machine, so nothing was done.
 * - `"refused"`: the server answered that it did not do it.
 * - `"unknown"`: it may have been done, in this attempt or an earlier one. Look before doing it again.
 */
export type Outcome = "not-sent" | "refused" | "unknown";

/** Every `code` that an error of this package can have. A code never changes its meaning. */
export type ErrorCode =
  | "configuration"
  | "connection"
  | "timeout"
  | "abort"
  | "redirect"
  | "response_parse"
  | "validation"
  | APIErrorCode;

/** Every `code` of an `APIError`. */
export type APIErrorCode =
  | "api"
  | "bad_request"
  | "authentication"
  | "permission_denied"
  | "not_found"
  | "conflict"
  | "unprocessable_entity"
  | "rate_limit"
  | "internal_server";

/** What every error says of the call that failed. */
export interface ErrorDetails {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;
  readonly outcome: Outcome;
  /** What went wrong underneath, where something did. */
  cause?: unknown;
}

/**
 * The base of every error that this package throws. Catch it to catch them all.
 *
 * Each class under it puts its `name` on its prototype, so that the first line of the stack has it, and a minifier cannot
 * change it.
 */
export abstract class MindBridgeError extends Error {
  /** A stable name of what went wrong, for `switch` and for logs. */
  declare readonly code: ErrorCode;
  /** The method that was called, such as `webhooks.create`; through `api`, such as `api.GET`. */
  declare readonly operation: string;
  /** The HTTP method; `""` where the error comes before there is a request, as in a constructor. */
  declare readonly method: string;
  /** The address of the request; `""` where the error comes before there is one. */
  declare readonly url: string;
  /** How many attempts were begun. `0` where the error comes before the first. */
  declare readonly attempts: number;
  /** Whether the call was carried out: see {@link Outcome}. */
  declare readonly outcome: Outcome;

  constructor(message: string, details: ErrorDetails) {
    super(message, details);
    // The name of the class in snake case: `RateLimitError` has `rate_limit`.
    const code = this.name.slice(0, -"Error".length).replace(/\B[A-Z](?=[a-z])/g, "_$&");
    Object.assign(this, details, { code: code.toLowerCase() });
  }
}
