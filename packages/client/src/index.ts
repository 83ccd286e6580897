export * from "@mindbridge-sdk/contract";
export { MindBridge } from "./client.ts";
export { clientFromEnv, type EnvironmentOptions } from "./client-from-env.ts";
export { AbortError } from "./errors/abort-error.ts";
export { APIError } from "./errors/api-error.ts";
export { AuthenticationError } from "./errors/authentication-error.ts";
export { BadRequestError } from "./errors/bad-request-error.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { ConflictError } from "./errors/conflict-error.ts";
export { ConnectionError } from "./errors/connection-error.ts";
export { InternalServerError } from "./errors/internal-server-error.ts";
export {
  type APIErrorCode,
  type ErrorCode,
  type ErrorDetails,
  MindBridgeError,
  type Outcome,
} from "./errors/mindbridge-error.ts";
export { NotFoundError } from "./errors/not-found-error.ts";
export { PermissionDeniedError } from "./errors/permission-denied-error.ts";
export { RateLimitError } from "./errors/rate-limit-error.ts";
export { RedirectError } from "./errors/redirect-error.ts";
export { ResponseParseError } from "./errors/response-parse-error.ts";
export { TimeoutError } from "./errors/timeout-error.ts";
export { UnprocessableEntityError } from "./errors/unprocessable-entity-error.ts";
export type { AttemptInfo, CallOptions, MindBridgeOptions, RequestOptions, TokenSource } from "./options.ts";
export type { APIPromise, WithResponse } from "./resource.ts";
