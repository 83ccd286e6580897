import { APIError } from "./api-error.ts";

/** 404: nothing has this id, or the token may not see it. */
export class NotFoundError extends APIError {
  static {
    this.prototype.name = "NotFoundError";
  }

  declare readonly code: "not_found";
}
