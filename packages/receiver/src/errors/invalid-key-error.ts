import { DeliveryError } from "./delivery-error.ts";

/**
 * Why a key is refused:
 *
 * - `"malformed"`: it is none of the encodings of an Ed25519 public key that are understood, or no point of the curve.
 * - `"private"`: it is a private key, which must not leave the signer.
 * - `"another-kind"`: it is well-formed, and of another algorithm, such as RSA or X25519, or a shared secret.
 * - `"small-order"`: anyone can make signatures that such a key accepts.
 * - `"test-key"`: its private key is published in RFC 8032. `allowTestKey` allows it.
 */
export type InvalidKeyReason = keyof typeof REASONS;

const REASONS = {
  malformed: "no Ed25519 public key (whpk_, base64, SPKI, PEM or JWK)",
  private: "a private key",
  "another-kind": "no Ed25519 key",
  "small-order": "of small order, which anyone can sign for",
  "test-key": "the test key of RFC 8032, which anyone can sign with; tests set allowTestKey",
};

/** A key of `keys` is refused, whatever it would verify: `reason` says why. Correct the configuration. */
export class InvalidKeyError extends DeliveryError {
  static {
    this.prototype.name = "InvalidKeyError";
  }

  declare readonly code: "invalid_key";
  /** Why it is refused: see {@link InvalidKeyReason}. */
  declare readonly reason: InvalidKeyReason;

  constructor(reason: InvalidKeyReason, options?: { cause: unknown }) {
    super(`A key is refused: it is ${REASONS[reason]}. Use the publicKey of the webhook.`, { ...options, reason });
  }
}
