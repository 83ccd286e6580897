/** An option cannot work. The message names it, and says what to give instead. Nothing was sent. */
export class ConfigurationError extends Error {
  static {
    this.prototype.name = "ConfigurationError";
  }

  readonly code = "configuration";
}
