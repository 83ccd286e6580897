import { DeliveryError } from "./delivery-error.ts";

/** The body is longer than `maxBodyBytes`. */
export class BodyTooLargeError extends DeliveryError {
  static {
    this.prototype.name = "BodyTooLargeError";
  }

  declare readonly code: "body_too_large";
  /** The most that is read, in bytes. */
  declare readonly limit: number;

  constructor(limit: number) {
    super(`The body is over maxBodyBytes (${limit}).`, { limit });
  }
}
