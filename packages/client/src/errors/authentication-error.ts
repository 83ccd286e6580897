import { APIError } from "./api-error.ts";

/** 401: the token is wrong, expired or revoked. Never retried. */
export class AuthenticationError extends APIError {
  static {
    this.prototype.name = "AuthenticationError";
  }

  declare readonly code: "authentication";
}
