import { DeliveryError } from "./delivery-error.ts";

/** The `webhook-signature` header holds no signature of the scheme `v1a`, the only one that a public key can check. */
export class UnsupportedSchemeError extends DeliveryError {
  static {
    this.prototype.name = "UnsupportedSchemeError";
  }

  declare readonly code: "unsupported_scheme";

  constructor() {
    super("The webhook-signature header has no v1a signature. Is it from MindBridge?");
  }
}
