import { APIError } from "./api-error.ts";

/** 400: the server refused the request as it stands. Its `body` or `text` may say why. */
export class BadRequestError extends APIError {
  static {
    this.prototype.name = "BadRequestError";
  }

  declare readonly code: "bad_request";
}
