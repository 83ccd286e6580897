/** Every `code` that an error of this package can have. A code never changes its meaning. */
export type DeliveryErrorCode =
  | "missing_header"
  | "malformed_header"
  | "too_old"
  | "too_new"
  | "unsupported_scheme"
  | "no_key"
  | "invalid_key"
  | "signature_mismatch"
  | "invalid_body"
  | "raw_body"
  | "body_too_large"
  | "key_source"
  | "unsupported_runtime"
  | "configuration";

/**
 * The base of every error that this package throws about a delivery. Catch it to catch them all.
 *
 * Each class under it puts its `name` on its prototype, so that the first line of the stack has it, and a minifier cannot
 * change it. No message holds a key, a signature or anything of the body.
 */
export abstract class DeliveryError extends Error {
  /** A stable name of what went wrong, for `switch` and for logs. */
  declare readonly code: DeliveryErrorCode;

  constructor(message: string, details?: object) {
    super(message, details);
    // The name of the class in snake case: `DeliveryTooOldError` has `too_old`, `NoKeyError` has `no_key`.
    const code = this.name
      .replace(/Delivery|Error/g, "")
      .replace(/\B[A-Z]/g, "_$&")
      .toLowerCase();
    Object.assign(this, details, { code });
  }
}
