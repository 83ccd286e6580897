import { ADVICE } from "./advice.ts";

/** Every `code` of a `DeliveryError`. The meaning of a code never changes. */
export type DeliveryErrorCode = keyof typeof ADVICE | "configuration";

/**
 * The base of every error that this package throws about a delivery. Catch it to catch them all.
 *
 * Each class has its `name` as a getter: a minifier does not change it, the first line of the stack has it, and bundlers still
 * leave out the classes that nothing uses. No message holds a key, a signature or any part of the body.
 */
export abstract class DeliveryError extends Error {
  /** A stable name of what went wrong, for `switch` and for logs. */
  abstract readonly code: DeliveryErrorCode;
}

/** Thrown where a header that every delivery has is missing: this is no delivery, or a proxy or a framework dropped it. */
export class MissingHeaderError extends DeliveryError {
  override get name() {
    return "MissingHeaderError";
  }

  override readonly code = "missing_header" as const;
  /** The header, in lower case. */
  readonly header: string;

  constructor(header: string) {
    super(`The ${header} header is missing, so nobody can verify the delivery. ${ADVICE.missing_header}`);
    this.header = header;
  }
}

/** Thrown where a header cannot be what MindBridge sent. The message says why. */
export class MalformedHeaderError extends DeliveryError {
  override get name() {
    return "MalformedHeaderError";
  }

  override readonly code = "malformed_header" as const;
  /** The header, in lower case. */
  readonly header: string;

  constructor(header: string, why: string) {
    super(`The ${header} header ${why}. ${ADVICE.malformed_header}`);
    this.header = header;
  }
}

/** Thrown where a delivery is genuine, but was signed longer ago than `tolerance` allows: someone repeats it, or a clock is wrong. */
export class DeliveryTooOldError extends DeliveryError {
  override get name() {
    return "DeliveryTooOldError";
  }

  override readonly code = "too_old" as const;
  /** By how many seconds it is older than `tolerance` allows. */
  readonly seconds: number;

  constructor(seconds: number) {
    super(`The delivery is ${seconds} s older than tolerance allows. ${ADVICE.too_old}`);
    this.seconds = seconds;
  }
}

/** Thrown where a delivery is genuine, but was signed further ahead than `tolerance` allows: a clock is wrong, here or there. */
export class DeliveryTooNewError extends DeliveryError {
  override get name() {
    return "DeliveryTooNewError";
  }

  override readonly code = "too_new" as const;
  /** By how many seconds it is newer than `tolerance` allows. */
  readonly seconds: number;

  constructor(seconds: number) {
    super(`The delivery is ${seconds} s newer than tolerance allows. ${ADVICE.too_new}`);
    this.seconds = seconds;
  }
}

/** Thrown where the `webhook-signature` header has no `v1a` signature, the only scheme that a public key can check. */
export class UnsupportedSchemeError extends DeliveryError {
  override get name() {
    return "UnsupportedSchemeError";
  }

  override readonly code = "unsupported_scheme" as const;

  constructor() {
    super(ADVICE.unsupported_scheme);
  }
}

/** Thrown where `keys` has no key for the sender that the delivery claims. */
export class NoKeyError extends DeliveryError {
  override get name() {
    return "NoKeyError";
  }

  override readonly code = "no_key" as const;

  constructor() {
    super(ADVICE.no_key);
  }
}

/**
 * Why a key is refused:
 *
 * - `"malformed"`: it is in no encoding of an Ed25519 public key that we read.
 * - `"private"`: it is a private key, or a secret that both sides share. Neither belongs here.
 * - `"another kind"`: it is a public key of another algorithm, such as RSA or X25519.
 * - `"small order"`: anyone can make signatures that this key accepts.
 * - `"test key"`: its private key is published in RFC 8032. `allowTestKey` allows it.
 */
export type InvalidKeyReason = "malformed" | "private" | "another kind" | "small order" | "test key";

/** Thrown where a key of `keys` is refused, whatever it would verify. `reason` says why. Correct the configuration. */
export class InvalidKeyError extends DeliveryError {
  override get name() {
    return "InvalidKeyError";
  }

  override readonly code = "invalid_key" as const;
  /** Why it is refused: see {@link InvalidKeyReason}. */
  readonly reason: InvalidKeyReason;

  constructor(reason: InvalidKeyReason, slip: string = ADVICE.invalid_key) {
    super(`A key is refused (${reason}). ${slip}`);
    this.reason = reason;
  }
}

/** Thrown where no signature matches with any key: it is forged, changed on the way, or signed with another key. */
export class SignatureMismatchError extends DeliveryError {
  override get name() {
    return "SignatureMismatchError";
  }

  override readonly code = "signature_mismatch" as const;

  constructor() {
    super(ADVICE.signature_mismatch);
  }
}

/** Thrown where the signature matches, but the body is not a JSON object in UTF-8. */
export class InvalidBodyError extends DeliveryError {
  override get name() {
    return "InvalidBodyError";
  }

  override readonly code = "invalid_body" as const;

  constructor() {
    super(ADVICE.invalid_body);
  }
}

/** Thrown where the body that was given is not what was received: something parsed it, read it before, or decoded it with losses. */
export class RawBodyError extends DeliveryError {
  override get name() {
    return "RawBodyError";
  }

  override readonly code = "raw_body" as const;

  constructor() {
    super(ADVICE.raw_body);
  }
}

/** Thrown where the body is longer than `maxBodyBytes`. */
export class BodyTooLargeError extends DeliveryError {
  override get name() {
    return "BodyTooLargeError";
  }

  override readonly code = "body_too_large" as const;
  /** The limit, in bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`The body is over maxBodyBytes (${limit}). ${ADVICE.body_too_large}`);
    this.limit = limit;
  }
}

/** Thrown where the key function failed. Its error is the `cause`. The delivery may be genuine: have it sent again. */
export class KeySourceError extends DeliveryError {
  override get name() {
    return "KeySourceError";
  }

  override readonly code = "key_source" as const;

  constructor(options: { cause: unknown }) {
    const { cause } = options;
    // Only our own message is known to hold no secret. A log line has it, and not the cause.
    super(
      cause instanceof ConfigurationError ? `The keys function gave no key. ${cause.message}` : ADVICE.key_source,
      options,
    );
  }
}

/** Thrown where this runtime cannot verify Ed25519 with WebCrypto. It says nothing about the delivery. */
export class UnsupportedRuntimeError extends DeliveryError {
  override get name() {
    return "UnsupportedRuntimeError";
  }

  override readonly code = "unsupported_runtime" as const;

  constructor(options: { cause: unknown }) {
    super(ADVICE.unsupported_runtime, options);
  }
}

/** Thrown where an option or an argument cannot work. Correct the code. */
export class ConfigurationError extends DeliveryError {
  override get name() {
    return "ConfigurationError";
  }

  override readonly code = "configuration" as const;
}

/**
 * Why the handling of a delivery ended early:
 *
 * - `"lease_lost"`: the claim is lost, or may be, so another process may handle the delivery. Where this happens often, the
 *   process or the store stalls: raise `lease`.
 * - `"closing"`: `close` waited until its `timeout`. Where handlers need longer, raise it.
 * - `"aborted"`: the signal that `handle` was given was aborted.
 */
export type InterruptedCode = "lease_lost" | "closing" | "aborted";

/**
 * The `reason` of a handler's `signal`, and what the hook `failed` gets. The delivery is not marked as handled: it is handled
 * when it is sent again. This is no `DeliveryError`, since it says nothing about the delivery.
 */
export class InterruptedError extends Error {
  override get name() {
    return "InterruptedError";
  }

  readonly code: InterruptedCode;

  constructor(code: InterruptedCode) {
    super(`The delivery was not handled to the end (${code}). Stop: it comes again.`);
    this.code = code;
  }
}

/**
 * Thrown by `handleQueued` where another worker is handling the delivery, or died while it did. Have the queue try again, and for
 * longer than `lease`.
 */
export class HeldError extends Error {
  override get name() {
    return "HeldError";
  }

  readonly code = "held" as const;

  constructor() {
    super("Another worker is handling the delivery, or died while it did. Try again, for longer than lease.");
  }
}
