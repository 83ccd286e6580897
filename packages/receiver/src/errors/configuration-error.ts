import { DeliveryError } from "./delivery-error.ts";

/** An option or an argument cannot work. Correct the code. */
export class ConfigurationError extends DeliveryError {
  static {
    this.prototype.name = "ConfigurationError";
  }

  declare readonly code: "configuration";
}
