import { DeliveryError } from "./delivery-error.ts";

/**
 * Why a key is refused:
 *
 * - `"malformed"`: it is none of the encodings of an Ed25519 public key that are understood.
 * - `"private"`: it is a private key, or a secret that both sides share. Neither belongs here.
 * - `"another kind"`: it is a public key of another algorithm, such as RSA or X25519.
 * - `"small order"`: anyone can make signatures that such a key accepts.
 * - `"test key"`: its private key is published in RFC 8032. `allowTestKey` allows it.
 */
export type InvalidKeyReason = "malformed" | "private" | "another kind" | "small order" | "test key";

/** A key of `keys` is refused, whatever it would verify: `reason` says why. Correct the configuration. */
export class InvalidKeyError extends DeliveryError {
  static {
    this.prototype.name = "InvalidKeyError";
  }

  declare readonly code: "invalid_key";
  /** Why it is refused: see {@link InvalidKeyReason}. */
  declare readonly reason: InvalidKeyReason;

  constructor(reason: InvalidKeyReason) {
    super(`A key is refused (${reason}). Pass the publicKey of the webhook, or in tests allowTestKey.`, { reason });
  }
}
