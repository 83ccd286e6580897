import { APIError } from "./api-error.ts";

/**
 * 500 to 599: the server failed. Whether it carried out the call is not known, so that only calls that may safely be
 * repeated are retried.
 */
export class InternalServerError extends APIError {
  static {
    this.prototype.name = "InternalServerError";
  }

  declare readonly code: "internal_server";
}
