import { DeliveryError } from "./delivery-error.ts";

/** A header that every delivery has is missing: not a delivery, or a proxy or a framework has dropped it. */
export class MissingHeaderError extends DeliveryError {
  static {
    this.prototype.name = "MissingHeaderError";
  }

  declare readonly code: "missing_header";
  /** The header, in lower case. */
  declare readonly header: string;

  constructor(header: string) {
    super(`The ${header} header is missing. Pass on all headers.`, { header });
  }
}
