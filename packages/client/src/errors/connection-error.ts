import { MindBridgeError } from "./mindbridge-error.ts";

/**
 * There was no connection, or it broke before the response was complete. The `cause` is what `fetch` threw. Where the
 * `outcome` is `"unknown"`, the server may have carried out the call all the same.
 */
export class ConnectionError extends MindBridgeError {
  static {
    this.prototype.name = "ConnectionError";
  }

  declare readonly code: "connection";
}
