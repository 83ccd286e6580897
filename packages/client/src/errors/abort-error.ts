import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * The `signal` of the call was aborted. The `cause` is its reason. A request that was under way may have been carried
 * out all the same: see `outcome`.
 */
export class AbortError extends MindBridgeError {
  static {
    this.prototype.name = "AbortError";
  }

  declare readonly code: "abort";
}
