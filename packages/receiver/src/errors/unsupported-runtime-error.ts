import { DeliveryError } from "./delivery-error.ts";

/** This runtime cannot verify Ed25519 with WebCrypto. It says nothing about the delivery. */
export class UnsupportedRuntimeError extends DeliveryError {
  static {
    this.prototype.name = "UnsupportedRuntimeError";
  }

  declare readonly code: "unsupported_runtime";

  constructor(options?: { cause: unknown }) {
    super("This runtime has no Ed25519 in WebCrypto. Use Node 22.13 or later.", options);
  }
}
