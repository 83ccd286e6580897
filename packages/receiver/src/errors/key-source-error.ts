import { DeliveryError } from "./delivery-error.ts";

/** The function given as `keys` failed; its error is the `cause`. The delivery may be right: let it be sent again. */
export class KeySourceError extends DeliveryError {
  static {
    this.prototype.name = "KeySourceError";
  }

  declare readonly code: "key_source";

  constructor(options: { cause: unknown }) {
    super("The keys function failed. See cause.", options);
  }
}
