import { type APIErrorCode, MindBridgeError } from "./mindbridge-error.ts";

/**
 * The server answered with a status that is no success. Statuses that ask for a reaction of their own have a class of
 * their own under this one; any other status is an `APIError` itself.
 */
export class APIError extends MindBridgeError {
  static {
    this.prototype.name = "APIError";
  }

  declare readonly code: APIErrorCode;
  /** The HTTP status. */
  declare readonly status: number;
  /** The headers of the response, with any token in them redacted. */
  declare readonly headers: Headers;
  /**
   * The body, parsed, where it is JSON; otherwise `undefined`. MindBridge does not publish what its errors look like,
   * so expect anything. Any token in it is redacted.
   */
  declare readonly body: unknown;
  /** The body as text, its first 65,536 characters, with any token in it redacted. `""` for an empty body. */
  declare readonly text: string;
  /** The `X-Request-Id` of the response, for the vendor's support, if it had one. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait before the next request, in milliseconds, if it did. */
  declare readonly retryAfter: number | undefined;
}
