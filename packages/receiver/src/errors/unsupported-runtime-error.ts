import { DeliveryError } from "./delivery-error.ts";

/** This runtime cannot verify Ed25519 with WebCrypto. It says nothing about the delivery. */
export class UnsupportedRuntimeError extends DeliveryError {
  static {
    this.prototype.name = "UnsupportedRuntimeError";
  }

  declare readonly code: "unsupported_runtime";

  constructor(options: { cause: unknown }) {
    super("This runtime has no Ed25519 in WebCrypto. Use Node 22.13 or later.", options);
  }
}

/** Throws the error, for the `catch` of what needs Ed25519: failing to do it must not look like a signature that differs. */
export function unsupported(cause: unknown): never {
  throw new UnsupportedRuntimeError({ cause });
}
