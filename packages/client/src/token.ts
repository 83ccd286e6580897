import { type Call, misuse } from "./call.ts";

/** Notes a token that `call` is going to use. What cannot be one ends the call, with a message that does not quote it. */
export function noteToken(call: Call, token: unknown): void {
  // Before `Headers` sees it, since that quotes what it refuses.
  if (typeof token !== "string" || !/^[!-~]+$/.test(token)) {
    misuse(call, "token must be the API token alone, without Bearer, white space or a line end");
  }
  call.tokens.push(token);
}
