/** Whoever was asked did not agree, or interrupted the command (Ctrl+C). It ends the program with exit code 130. */
export class CancelledError extends Error {
  static {
    this.prototype.name = "CancelledError";
  }

  readonly code = "cancelled";

  constructor(message = "Cancelled: nothing was sent.") {
    super(message);
  }
}
