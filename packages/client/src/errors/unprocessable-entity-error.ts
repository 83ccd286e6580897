import { APIError } from "./api-error.ts";

/** 422: the server understood the request, and refused what it asks for. Its `body` or `text` may say why. */
export class UnprocessableEntityError extends APIError {
  static {
    this.prototype.name = "UnprocessableEntityError";
  }

  declare readonly code: "unprocessable_entity";
}
