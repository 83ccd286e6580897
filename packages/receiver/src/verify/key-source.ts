/** An Ed25519 public key as a JSON Web Key (RFC 8037). */
export interface Jwk {
  /** `OKP`. */
  readonly kty: string;
  /** `Ed25519`. */
  readonly crv?: string | undefined;
  /** The 32 bytes of the key in base64url. */
  readonly x?: string | undefined;
}

/**
 * An Ed25519 public key, such as the `publicKey` of a webhook. MindBridge does not publish how it encodes it. We read the 32
 * bytes or the 44-byte SPKI (RFC 8410), in base64 or base64url, with or without `whpk_` before them; PEM; a JWK.
 */
export type PublicKey = string | Jwk;

/** What a key function is told: what the delivery claims, before any of it is verified. */
export interface UnverifiedSender {
  /** The `senderId` of the body; `undefined` where there is none, or the body is not a JSON object. */
  readonly senderId: string | undefined;
  /** The `webhook-id` header. */
  readonly id: string;
}

/**
 * Finds the keys of a sender. `undefined` means that there is no such sender: a `NoKeyError`. An empty list means that its keys
 * are not there yet: a `KeySourceError`, so that a receiver has the delivery sent again. What the function throws becomes the
 * `cause` of a `KeySourceError`. `signal` is that of `verify`.
 */
export type KeyFunction = (
  unverified: UnverifiedSender,
  options: { readonly signal: AbortSignal | undefined },
) => KeyAnswer | Promise<KeyAnswer>;

/**
 * The keys of one sender, if there are any. `undefined` lets `process.env.NAME` stand here: where keys are written down, it is
 * an error at once.
 */
export type KeyAnswer = PublicKey | readonly (PublicKey | undefined)[] | undefined;

/**
 * Where keys come from: one key, or several that may all sign; a record by `senderId`, so that the key of one webhook cannot
 * vouch for a delivery of another; or a function. At most 32 keys are tried with a delivery.
 */
export type KeySource = KeyAnswer | KeysBySender | KeyFunction;

/** Keys by the id of the webhook that they belong to. */
export interface KeysBySender {
  readonly [senderId: string]: KeyAnswer;
}
