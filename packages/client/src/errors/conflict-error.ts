import { APIError } from "./api-error.ts";

/** 409: the request conflicts with the present state of what it is about. */
export class ConflictError extends APIError {
  static {
    this.prototype.name = "ConflictError";
  }

  declare readonly code: "conflict";
}
