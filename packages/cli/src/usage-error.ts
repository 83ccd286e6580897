/** The command was used wrongly: the message says what to give instead. It ends the program with exit code 2. */
export class UsageError extends Error {
  static {
    this.prototype.name = "UsageError";
  }

  readonly code = "usage";
}
