/** The command was used wrongly: the message says what to give instead. The exit code is 2. */
export class UsageError extends Error {
  static {
    this.prototype.name = "UsageError";
  }

  readonly code = "usage";
}

/** The user did not agree, or interrupted the command (Ctrl+C). The exit code is 130. */
export class CancelledError extends Error {
  static {
    this.prototype.name = "CancelledError";
  }

  readonly code = "cancelled";

  constructor(message = "Cancelled: nothing was sent.") {
    super(message);
  }
}
