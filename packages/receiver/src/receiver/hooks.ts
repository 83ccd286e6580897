import type { Refusal } from "../answers.ts";
import type { DeliveryTooNewError, DeliveryTooOldError } from "../errors.ts";
import type { Delivery } from "../verify/delivery.ts";

/** A delivery that has been verified. */
export interface ReceivedInfo {
  readonly delivery: Delivery;
}

/** A delivery that was not taken on. */
export interface RefusedInfo extends Refusal {
  /** The delivery, where it had been verified. */
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

/** A delivery that was taken on, and is not marked as handled. */
export interface FailedInfo extends Refusal {
  readonly delivery: Delivery;
  /** Milliseconds from the claim to the failure. */
  readonly duration: number;
}

/**
 * Called for logs, metrics and traces. A request is either refused unverified, or `received` and then one of the others.
 * Hooks are not waited for, and what they throw is ignored: a delivery must not be lost to an error in a log.
 */
export interface Hooks {
  /** A delivery has been verified. */
  readonly received?: ((info: ReceivedInfo) => unknown) | undefined;
  /** A request was not taken on: not verified, held by another process, or the store is down. */
  readonly refused?: ((info: RefusedInfo) => unknown) | undefined;
  /**
   * The signature of a refused delivery matches, but its time is out of tolerance. If it is true of all deliveries, a clock is
   * wrong. If it is true of one, someone may be replaying it. Called beside `refused`.
   */
  readonly clockSkew?: ((info: ClockSkewInfo) => unknown) | undefined;
  /** Verified, and nobody listens to it. */
  readonly ignored?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Verified, and already handled. */
  readonly duplicate?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Handled, and marked as such. */
  readonly handled?: ((info: HandledInfo) => unknown) | undefined;
  /** The handler failed, or its claim was lost, or it could not be marked as handled. */
  readonly failed?: ((info: FailedInfo) => unknown) | undefined;
}
