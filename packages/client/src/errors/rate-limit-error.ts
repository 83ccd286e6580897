import { APIError } from "./api-error.ts";

/** 429: too many requests, by this token, by others of the same tenant, or from this IP address. */
export class RateLimitError extends APIError {
  static {
    this.prototype.name = "RateLimitError";
  }

  declare readonly code: "rate_limit";
  /**
   * How long to wait before the next request, in milliseconds: what the server asked for, or 30,000 where it did not say,
   * which MindBridge's developer pages give for a limit of the platform.
   */
  declare readonly retryAfter: number;
}
