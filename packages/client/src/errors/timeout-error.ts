import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * An attempt took longer than `timeout` milliseconds, from asking for the token to the last byte of the response. The
 * server may have carried out the call all the same.
 */
export class TimeoutError extends MindBridgeError {
  static {
    this.prototype.name = "TimeoutError";
  }

  declare readonly code: "timeout";
}
