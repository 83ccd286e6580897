import { type Call, failure } from "./call.ts";
import { TIMED_OUT, within } from "./deadline.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { ConnectionError } from "./errors/connection-error.ts";
import { MindBridgeError, type Outcome } from "./errors/mindbridge-error.ts";
import { RedirectError } from "./errors/redirect-error.ts";
import { TimeoutError } from "./errors/timeout-error.ts";
import { redactor } from "./redact.ts";
import type { Received } from "./response.ts";
import { isSafe, neverConnected, outcomeOf } from "./retry-policy.ts";
import { noteToken } from "./token.ts";

/** A request that can be sent any number of times. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
}

/** The error for an aborted signal. */
export const aborted = (call: Call): AbortError =>
  failure(call, AbortError, "was aborted.", { cause: call.signal?.reason });

/**
 * Sends a request once, and reads the response in full, whatever its status. What came of it is noted in `call.outcome`.
 *
 * @param init What else to pass to `fetch`.
 * @throws AbortError, ConfigurationError (there is no token that can be sent), ConnectionError, RedirectError, TimeoutError
 */
export async function attempt(call: Call, { headers, body }: Outgoing, init?: object): Promise<Received> {
  const { method, url, timeout, signal, token, tokens } = call;
  let isSent = false;

  // The outcomes stand in the order of the alphabet. What may have been done stays so, unless the call only reads.
  const note = (outcome: Outcome) => {
    if (isSafe(method) || outcome > call.outcome) call.outcome = outcome;
  };

  try {
    const received = await within(timeout, signal, async (stopped): Promise<Received> => {
      if (typeof token === "function") noteToken(call, await token());
      // Too late, where the call ended while the token function was running.
      stopped.throwIfAborted();
      const withToken = new Headers(headers);
      withToken.set("authorization", `Bearer ${tokens.at(-1)}`);
      // On its own, since Workers refuse the global function as a method of something else.
      const fetch = call.fetch ?? globalThis.fetch;
      isSent = true;
      const response = await fetch(url, {
        ...init,
        method,
        headers: withToken,
        body,
        redirect: "manual",
        signal: stopped,
      });
      const bytes = await response.arrayBuffer();
      return { response, body: bytes.byteLength ? bytes : "" };
    });
    const { status, headers: answered } = received.response;
    note(outcomeOf(status, method));
    if (!/30[12378]/.test(`${status}`)) return received;
    const location = redactor(tokens)(answered.get("location") ?? "");
    throw failure(call, RedirectError, `answered ${status}: go to ${location}. Correct tenant or baseUrl.`, {
      status,
      location,
    });
  } catch (cause) {
    if (cause instanceof MindBridgeError) throw cause;
    note(isSent && !neverConnected(cause) ? "unknown" : "not-sent");
    if (cause === TIMED_OUT) throw failure(call, TimeoutError, `took longer than its timeout of ${timeout} ms.`);
    if (signal?.aborted) throw aborted(call);
    throw isSent
      ? failure(call, ConnectionError, "got no complete response. Check the network.", { cause })
      : failure(call, ConfigurationError, "failed: the token function threw.", { cause });
  }
}
