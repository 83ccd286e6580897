import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * The status says success and the body is not JSON: a page of a proxy, half a document, or nothing where something must
 * be. Where the call changes something, it probably was carried out.
 */
export class ResponseParseError extends MindBridgeError {
  static {
    this.prototype.name = "ResponseParseError";
  }

  declare readonly code: "response_parse";
  /** The HTTP status, 200 to 299. */
  declare readonly status: number;
  /** The headers of the response, with any token in them redacted. */
  declare readonly headers: Headers;
  /** The body as text, its first 65,536 characters, with any token in it redacted. */
  declare readonly text: string;
  /** The `X-Request-Id` of the response, for the vendor's support, if it had one. */
  declare readonly requestId: string | undefined;
}
