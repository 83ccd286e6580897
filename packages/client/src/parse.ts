import type { Call } from "./call.ts";
import { errorFromResponse } from "./errors/from-response.ts";
import { redactor } from "./redact.ts";
import { decode, type Received, replay } from "./response.ts";

/**
 * The data of a successful response.
 *
 * @param mayBeEmpty Whether an empty body stands for `undefined`.
 * @throws ResponseParseError
 */
export function parse(call: Call, received: Received, mayBeEmpty: boolean | undefined): unknown {
  const text = decode(received);
  if (!text && mayBeEmpty) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not the SyntaxError, nor as a cause: it quotes the text.
    throw errorFromResponse(call, replay(received, redactor(call.tokens)));
  }
}
