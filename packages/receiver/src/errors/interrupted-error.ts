/**
 * Why a delivery stopped being handled:
 *
 * - `"lease_lost"`: its claim is lost, or may be, so another process may handle it. Where that happens often, the process or
 *   the store stalls: raise `lease`.
 * - `"closing"`: `close` waited for as long as it was told to. Where handlers need longer, raise its `timeout`.
 * - `"aborted"`: the signal that `handle` was given was aborted.
 */
export type InterruptedCode = "lease_lost" | "closing" | "aborted";

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
    super(`The delivery was not handled to the end (${code}). Stop: it will be sent again.`);
    this.code = code;
  }
}
