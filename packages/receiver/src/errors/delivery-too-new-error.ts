import { DeliveryError } from "./delivery-error.ts";

/** The delivery was signed further in the future than `tolerance` allows: a clock is wrong, here or there. */
export class DeliveryTooNewError extends DeliveryError {
  static {
    this.prototype.name = "DeliveryTooNewError";
  }

  declare readonly code: "too_new";
  /** By how many seconds it is newer than `tolerance` allows. */
  declare readonly seconds: number;

  constructor(seconds: number) {
    super(`The delivery is ${seconds} s newer than tolerance allows. Check the clock of this machine.`, {
      seconds,
    });
  }
}
