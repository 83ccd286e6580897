/** Whoever was asked did not agree, or went away (Ctrl+C): nothing was sent. It ends the program with exit code 130. */
export class CancelledError extends Error {
  static {
    this.prototype.name = "CancelledError";
  }

  readonly code = "cancelled";

  constructor() {
    super("Cancelled: nothing was sent.");
  }
}
