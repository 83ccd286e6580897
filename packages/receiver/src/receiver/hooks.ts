import type { Refusal } from "../answers.ts";
import type { DeliveryTooNewError, DeliveryTooOldError } from "../errors.ts";
import type { Delivery } from "../verify/delivery.ts";

/** A delivery that has been verified. */
export interface ReceivedInfo {
  readonly delivery: Delivery;
}

/** A request that was refused. */
export interface RefusedInfo extends Refusal {
  /** The delivery, if it had been verified. */
  readonly delivery?: Delivery | undefined;
}

/** A delivery that was refused for its time alone. */
export interface ClockSkewInfo {
  /** By how many seconds it is out of `tolerance`. */
  readonly error: DeliveryTooOldError | DeliveryTooNewError;
}

/** A delivery that has been handled. */
export interface HandledInfo {
  readonly delivery: Delivery;
  /** Milliseconds from the claim to the mark that it is done. */
  readonly duration: number;
}

/** A delivery whose handling began, but which is not marked as handled. */
export interface FailedInfo extends Refusal {
  readonly delivery: Delivery;
  /** Milliseconds from the claim to the failure. */
  readonly duration: number;
}

/**
 * Called for logs, metrics and traces. A request is either `refused` before it is verified, or `received` and then one of the
 * others. The receiver does not wait for hooks, and ignores what they throw: an error in a log must not lose a delivery.
 */
export interface Hooks {
  /** A delivery has been verified. */
  readonly received?: ((info: ReceivedInfo) => unknown) | undefined;
  /** A request was refused: it does not verify, another process handles it, or the store is down. */
  readonly refused?: ((info: RefusedInfo) => unknown) | undefined;
  /**
   * The signature of a delivery matches, but its time is out of tolerance. If that is so for all deliveries, a clock is wrong.
   * If it is so for one, someone may be replaying it. `refused` is called, too.
   */
  readonly clockSkew?: ((info: ClockSkewInfo) => unknown) | undefined;
  /** Verified, but there is no handler for it. */
  readonly ignored?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Verified, and already handled. */
  readonly duplicate?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Handled, and marked as handled. */
  readonly handled?: ((info: HandledInfo) => unknown) | undefined;
  /** The handler failed, the claim was lost, or the store could not mark the delivery as handled. */
  readonly failed?: ((info: FailedInfo) => unknown) | undefined;
}
