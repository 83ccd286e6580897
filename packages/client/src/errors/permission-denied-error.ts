import { APIError } from "./api-error.ts";

/** 403: the token is valid, and its scopes do not cover the operation. */
export class PermissionDeniedError extends APIError {
  static {
    this.prototype.name = "PermissionDeniedError";
  }

  declare readonly code: "permission_denied";
}
