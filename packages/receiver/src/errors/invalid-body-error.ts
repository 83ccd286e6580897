import { DeliveryError } from "./delivery-error.ts";

/** The signature matches, and the body is no JSON object in UTF-8. */
export class InvalidBodyError extends DeliveryError {
  static {
    this.prototype.name = "InvalidBodyError";
  }

  declare readonly code: "invalid_body";

  constructor() {
    super("The body is signed, but is not a JSON object.");
  }
}
