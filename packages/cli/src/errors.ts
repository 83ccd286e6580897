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

/** A command failed part of the way. Its `cause` is what is reported. */
export class PartialError extends Error {
  static {
    this.prototype.name = "PartialError";
  }

  /** What `--json` prints beside the error: how far the command came. */
  readonly document: object;

  constructor(document: object, cause: unknown) {
    super("The command failed part of the way.", { cause });
    this.document = document;
  }
}
