import type { Problem } from "@mindbridge-sdk/contract/validators";
import { MindBridgeError } from "./mindbridge-error.ts";

/** A request that breaks the contract: it has not been sent. Only a client with `validate: contract()` throws it. */
export class ValidationError extends MindBridgeError {
  static {
    this.prototype.name = "ValidationError";
  }

  declare readonly code: "validation";
  declare readonly outcome: "not-sent";
  /** All that is wrong with the body: where (a JSON Pointer), by which keyword, and what is expected there. */
  declare readonly problems: readonly Problem[];
}
