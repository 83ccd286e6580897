/**
 * Why a delivery stopped being handled:
 *
 * - `"lease_lost"`: another process may hold the claim.
 * - `"closing"`: `close` waited for as long as it was told to.
 * - `"aborted"`: the signal that `handle` was given was aborted.
 */
export type InterruptedCode = keyof typeof REASONS;

const REASONS = {
  lease_lost:
    "its claim was lost, so another process may handle it. If the process or the store stalls at times, raise `lease`",
  closing: "the receiver was closed. Where handlers need longer, raise the `timeout` of close()",
  aborted: "the signal given to handle() was aborted",
};

/**
 * The `reason` of a handler's `signal`, and what the hook `failed` gets: the delivery is not marked as handled, and will
 * be handled when it is sent again.
 */
export class InterruptedError extends Error {
  static {
    this.prototype.name = "InterruptedError";
  }

  readonly code: InterruptedCode;

  constructor(code: InterruptedCode) {
    super(`The delivery was not handled to the end: ${REASONS[code]}.`);
    this.code = code;
  }
}
