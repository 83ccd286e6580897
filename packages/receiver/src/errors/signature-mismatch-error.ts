import { DeliveryError } from "./delivery-error.ts";

/** None of the signatures matches with any of the keys: forged, changed on the way, or signed with another key. */
export class SignatureMismatchError extends DeliveryError {
  static {
    this.prototype.name = "SignatureMismatchError";
  }

  declare readonly code: "signature_mismatch";

  constructor() {
    super("No signature matches. Pass the body as it came and the publicKey of the webhook, or see diagnose().");
  }
}
