import { DeliveryError } from "./delivery-error.ts";

/** `keys` has no key for the sender that the delivery claims. */
export class NoKeyError extends DeliveryError {
  static {
    this.prototype.name = "NoKeyError";
  }

  declare readonly code: "no_key";

  constructor() {
    super("There is no key for the sender of the delivery. Add the publicKey of its webhook to keys.");
  }
}
