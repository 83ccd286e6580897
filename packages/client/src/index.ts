export * from "@mindbridge-sdk/contract";
export { clientFromEnv, MindBridge } from "./client.ts";
export {
  AbortError,
  APIError,
  type APIErrorCode,
  AuthenticationError,
  BadRequestError,
  type CallError,
  ConfigurationError,
  ConflictError,
  ConnectionError,
  type ErrorCode,
  type ErrorDetails,
  InternalServerError,
  MindBridgeError,
  NotFoundError,
  type OtherAPIError,
  type Outcome,
  PaginationError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  ResponseParseError,
  ResponseTooLargeError,
  TimeoutError,
  UnprocessableEntityError,
  ValidationError,
  type WithBody,
} from "./errors.ts";
export type * from "./generated/errors.ts";
export type {
  AttemptInfo,
  CallOptions,
  EnvironmentOptions,
  MindBridgeOptions,
  RequestOptions,
  TokenSource,
} from "./options.ts";
export type { PagePromise } from "./pages.ts";
export type { APIPromise, AsRead, WithResponse } from "./resource.ts";
