import { DeliveryError } from "./delivery-error.ts";

/** The delivery was signed longer ago than `tolerance` allows: repeated by someone, held up, or a clock is wrong. */
export class DeliveryTooOldError extends DeliveryError {
  static {
    this.prototype.name = "DeliveryTooOldError";
  }

  declare readonly code: "too_old";
  /** By how many seconds it is older than `tolerance` allows. */
  declare readonly seconds: number;

  constructor(seconds: number) {
    super(`The delivery is ${seconds} s older than tolerance allows. Check the clock of this machine.`, { seconds });
  }
}
