import type { Problem } from "@mindbridge-sdk/contract/validators";

/**
 * Whether a call that failed was carried out, which after a failed `create` is the question:
 *
 * - `"not-sent"`: nothing left this machine, so nothing was done.
 * - `"refused"`: the server answered that it did not do it.
 * - `"unknown"`: it may have been done, by this attempt or an earlier one. Look before you do it again.
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
  | "response_too_large"
  | "pagination"
  | "validation"
  | "several_webhooks"
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
  /** What went wrong underneath, if anything did. */
  readonly cause?: unknown;
}

/** The base of every error that this package throws. Catch it to catch them all. */
export abstract class MindBridgeError extends Error {
  /** A stable name of what went wrong, for `switch` and for logs. */
  abstract readonly code: ErrorCode;
  /** The method that was called, such as `webhooks.create`; through `api`, such as `api.GET`. */
  declare readonly operation: string;
  /** The HTTP method; `""` for an error before there is a request, as in a constructor. */
  declare readonly method: string;
  /** The address of the request; `""` for an error before there is one. */
  declare readonly url: string;
  /** How many attempts were begun; `0` for an error before the first. */
  declare readonly attempts: number;
  /** Whether the call was carried out: see {@link Outcome}. */
  declare readonly outcome: Outcome;

  constructor(message: string, details: ErrorDetails) {
    super(message, details);
    Object.assign(this, details);
  }
}

/**
 * Thrown for a bad option, a malformed or missing token, a token function that failed (its error is the `cause`), or an
 * argument that cannot be sent. Correct the code or the configuration.
 */
export class ConfigurationError extends MindBridgeError {
  readonly code = "configuration";
}

/**
 * Thrown where there was no connection, or it broke before the response was complete. The `cause` is what `fetch` threw.
 * Where the `outcome` is `"unknown"`, the server may have carried out the call all the same.
 */
export class ConnectionError extends MindBridgeError {
  readonly code = "connection";
}

/**
 * Thrown where an attempt took longer than `timeout` milliseconds, from asking for the token to the last byte of the
 * response. The server may have carried out the call all the same.
 */
export class TimeoutError extends MindBridgeError {
  readonly code = "timeout";
}

/**
 * Thrown where the `signal` of the call was aborted. The `cause` is its reason. The server may have carried out a request
 * that was under way: see `outcome`.
 */
export class AbortError extends MindBridgeError {
  readonly code = "abort";
}

/** Thrown for a request that breaks the contract and was not sent. Only a client with `validate: contract()` throws it. */
export class ValidationError extends MindBridgeError {
  readonly code = "validation";
  declare readonly outcome: "not-sent";
  /** Everything that is wrong with the body: where (a JSON Pointer), by which keyword, and what is expected there. */
  declare readonly problems: readonly Problem[];
}

/**
 * Thrown for a redirect (301, 302, 303, 307 or 308). The client follows none, since the token would go where the server
 * says. Most often `tenant` or `baseUrl` is wrong.
 */
export class RedirectError extends MindBridgeError {
  readonly code = "redirect";
  /** The HTTP status. */
  declare readonly status: number;
  /** The headers of the response, any token redacted. `location` is where the server wanted to send the client. */
  declare readonly headers: Headers;
}

/**
 * Thrown for a status of success with a body that is not JSON: a page of a proxy, half a document, or nothing where
 * something must be. If the call changes something, the server has probably carried it out.
 */
export class ResponseParseError extends MindBridgeError {
  readonly code = "response_parse";
  /** The HTTP status, 200 to 299. */
  declare readonly status: number;
  /** The headers of the response, any token redacted. */
  declare readonly headers: Headers;
  /** The first 65,536 characters of the body, any token redacted. */
  declare readonly text: string;
  /** The `X-Request-Id` of the response, for the vendor's support, if it had one. */
  declare readonly requestId: string | undefined;
}

/**
 * Thrown for a success whose body is longer than `maxResponseBytes`. The client has read no further. If the call changes
 * something, the server has probably carried it out.
 */
export class ResponseTooLargeError extends MindBridgeError {
  readonly code = "response_too_large";
  /** The HTTP status, 200 to 299. */
  declare readonly status: number;
  /** The headers of the response, any token redacted. */
  declare readonly headers: Headers;
  /** The first 65,536 characters of the body, any token redacted. */
  declare readonly text: string;
  /** The `X-Request-Id` of the response, for the vendor's support, if it had one. */
  declare readonly requestId: string | undefined;
}

/**
 * Thrown where pages do not end: the server repeats a page, or says for ever that another one follows. The items so far
 * have been handed on.
 */
export class PaginationError extends MindBridgeError {
  readonly code = "pagination";
}

/**
 * Thrown for a status that is no success. A status that asks for a reaction of its own has a class under this one; any
 * other is an `APIError` itself.
 */
export class APIError extends MindBridgeError {
  readonly code: APIErrorCode = "api";
  /** The HTTP status. */
  declare readonly status: number;
  /** The headers of the response, any token redacted. */
  declare readonly headers: Headers;
  /**
   * The body, parsed, if it is JSON, any token redacted; otherwise `undefined`. MindBridge does not publish what its
   * errors look like, so expect anything. Where the contract declares a body, the type of the operation's errors has it,
   * such as `ThingsCreateError`.
   */
  declare readonly body: unknown;
  /** The first 65,536 characters of the body, any token redacted; `""` for an empty body. */
  declare readonly text: string;
  /** The `X-Request-Id` of the response, for the vendor's support, if it had one. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait before the next request, in milliseconds, if it did. */
  declare readonly retryAfter: number | undefined;
}

/** Thrown for 400: the server refused the request as it stands. Its `body` or `text` may say why. */
export class BadRequestError extends APIError {
  override readonly code = "bad_request";
}

/** Thrown for 401: the token is wrong, expired or revoked. Never retried. */
export class AuthenticationError extends APIError {
  override readonly code = "authentication";
}

/** Thrown for 403: the token is valid, and its scopes do not cover the operation. */
export class PermissionDeniedError extends APIError {
  override readonly code = "permission_denied";
}

/** Thrown for 404: nothing has this id, or the token may not see it. */
export class NotFoundError extends APIError {
  override readonly code = "not_found";
}

/** Thrown for 409: the request conflicts with the present state of what it is about. */
export class ConflictError extends APIError {
  override readonly code = "conflict";
}

/** Thrown for 422: the server understood the request, and refused what it asks for. Its `body` or `text` may say why. */
export class UnprocessableEntityError extends APIError {
  override readonly code = "unprocessable_entity";
}

/** Thrown for 429: too many requests, by this token, by others of the same tenant, or from this IP address. */
export class RateLimitError extends APIError {
  override readonly code = "rate_limit";
  /**
   * How long to wait before the next request, in milliseconds: what the server asked for, or 30,000 if it did not say,
   * which MindBridge's developer pages give for a limit of the platform.
   */
  declare readonly retryAfter: number;
}

/**
 * Thrown for 500 to 599: the server failed. It may or may not have carried out the call, so the client retries only calls
 * that may safely be repeated.
 */
export class InternalServerError extends APIError {
  override readonly code = "internal_server";
}

// Of these, the generated types of what operations throw are made, such as `ThingsCreateError`. None of their members is the base
// of another: TypeScript would take the `body` of the base. A list of classes costs the compiler less than a type that makes it.

/** What any call may throw that is not for a status of an error. */
export type CallError =
  | AbortError
  | ConfigurationError
  | ConnectionError
  | PaginationError
  | RedirectError
  | ResponseParseError
  | ResponseTooLargeError
  | TimeoutError
  | ValidationError;

/** An error for a status that has no class of its own. */
export type OtherAPIError = APIError & { readonly code: "api" };

/** An error whose body is known. It is `undefined` if what came is not JSON. */
export type WithBody<E extends APIError, Body> = E & { readonly body: Body | undefined };

/** The classes of errors by their names. */
export const ERROR_CLASSES = {
  AbortError,
  APIError,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  ConnectionError,
  InternalServerError,
  NotFoundError,
  PaginationError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  ResponseParseError,
  ResponseTooLargeError,
  TimeoutError,
  UnprocessableEntityError,
  ValidationError,
};

// On the prototypes, so that the first line of a stack has the name. A minifier does not change it.
for (const [name, { prototype }] of Object.entries(ERROR_CLASSES)) prototype.name = name;
