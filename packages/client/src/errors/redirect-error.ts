import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * The server answered with a redirect (301, 302, 303, 307 or 308). It is never followed, since the token would go where
 * the server says. Most often `tenant` or `baseUrl` is wrong.
 */
export class RedirectError extends MindBridgeError {
  static {
    this.prototype.name = "RedirectError";
  }

  declare readonly code: "redirect";
  /** The HTTP status. */
  declare readonly status: number;
  /** The headers of the response, with any token in them redacted: `location` says where the server wanted to send it. */
  declare readonly headers: Headers;
}
