import { DeliveryError } from "./delivery-error.ts";

/** A header is there, and cannot be what MindBridge sent: the message says why. */
export class MalformedHeaderError extends DeliveryError {
  static {
    this.prototype.name = "MalformedHeaderError";
  }

  declare readonly code: "malformed_header";
  /** The header, in lower case. */
  declare readonly header: string;

  constructor(header: string, why: string) {
    super(`The ${header} header ${why}.`, { header });
  }
}
