import { type Call, failure, misuse } from "./call.ts";
import { TIMED_OUT, within } from "./deadline.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ConnectionError } from "./errors/connection-error.ts";
import { MindBridgeError, type Outcome } from "./errors/mindbridge-error.ts";
import { RedirectError } from "./errors/redirect-error.ts";
import { TimeoutError } from "./errors/timeout-error.ts";
import { redactor } from "./redact.ts";
import { type Received, replay } from "./response.ts";
import { isSafe, neverConnected, outcomeOf } from "./retry-policy.ts";
import { checkToken } from "./token.ts";

/** A request that can be sent any number of times. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: BodyInit | null;
}

/** The error for an aborted signal. */
export const aborted = (call: Call): AbortError =>
  failure(call, AbortError, "was aborted.", { cause: call.signal?.reason });

/**
 * Sends a request once and reads the response in full. What came of it is noted in `call.outcome`, and a response that is
 * no success comes without the tokens it may echo.
 *
 * @param init What else to pass to `fetch`.
 * @throws AbortError, ConfigurationError (there is no token that can be sent), ConnectionError, RedirectError, TimeoutError
 */
export async function attempt(call: Call, { headers, body }: Outgoing, init?: object): Promise<Received> {
  const { method, url, timeout, signal, token: source } = call;
  let isSent = false;

  // The outcomes stand in the order of the alphabet. What may have been done stays so, unless the call only reads.
  const note = (outcome: Outcome) => {
    if (isSafe(method) || outcome > call.outcome) call.outcome = outcome;
  };

  try {
    const received = await within(timeout, signal, async (stopped): Promise<Received> => {
      let token: unknown = source;
      try {
        if (typeof source === "function") token = await source();
      } catch (cause) {
        misuse(call, "the token function failed", { cause });
      }
      call.tokens.push(checkToken(token, (problem) => misuse(call, problem)));
      // Too late, where the call ended while the token function was running.
      stopped.throwIfAborted();
      const withToken = new Headers(headers);
      withToken.set("authorization", `Bearer ${token}`);
      // On its own, since Workers refuse the global function as a method of something else.
      const fetch = call.fetch ?? globalThis.fetch;
      isSent = true;
      const response = await fetch(url, {
        ...init,
        method,
        headers: withToken,
        body: body ?? null,
        redirect: "manual",
        signal: stopped,
      });
      return { response, bytes: await response.arrayBuffer() };
    });
    const { status, ok } = received.response;
    note(outcomeOf(status, method));
    if (ok) return received;
    const redacted = replay(received, redactor(call.tokens));
    if (!/30[12378]/.test(`${status}`)) return redacted;
    const location = redacted.response.headers.get("location");
    throw failure(
      call,
      RedirectError,
      `answered ${status}. Correct tenant or baseUrl: no redirect is followed, here to ${location}.`,
      {
        status,
        location,
      },
    );
  } catch (cause) {
    if (cause instanceof MindBridgeError) throw cause;
    note(isSent && !neverConnected(cause) ? "unknown" : "not-sent");
    throw cause === TIMED_OUT
      ? failure(call, TimeoutError, `took longer than its timeout of ${timeout} ms.`)
      : signal?.aborted
        ? aborted(call)
        : failure(call, ConnectionError, "got no complete response. Check the network.", { cause });
  }
}
