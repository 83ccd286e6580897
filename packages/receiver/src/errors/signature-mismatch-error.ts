import { DeliveryError } from "./delivery-error.ts";

/** None of the signatures matches with any of the keys: forged, changed on the way, or signed with another key. */
export class SignatureMismatchError extends DeliveryError {
  static {
    this.prototype.name = "SignatureMismatchError";
  }

  declare readonly code: "signature_mismatch";

  constructor() {
    super(
      "No signature of the delivery matches. Verify the bytes as they came, with the present publicKey of the webhook; diagnose() tries the usual accidents.",
    );
  }
}
