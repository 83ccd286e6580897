import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * The client was made or called in a way that cannot work: a bad option, a malformed or missing token, a token function
 * that failed (its error is the `cause`), an argument that cannot be sent. Correct the code or the configuration.
 */
export class ConfigurationError extends MindBridgeError {
  static {
    this.prototype.name = "ConfigurationError";
  }

  declare readonly code: "configuration";
}
