import { DeliveryError } from "./delivery-error.ts";

/** `keys` has no key for the sender that the delivery claims. */
export class NoKeyError extends DeliveryError {
  static {
    this.prototype.name = "NoKeyError";
  }

  declare readonly code: "no_key";

  constructor() {
    super("No key for the sender. Add the publicKey of the webhook to keys.");
  }
}
