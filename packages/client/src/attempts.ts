import { type Call, failure, noteToken } from "./call.ts";
import { TIMED_OUT, within } from "./deadline.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { ConnectionError } from "./errors/connection-error.ts";
import { MindBridgeError } from "./errors/mindbridge-error.ts";
import { TimeoutError } from "./errors/timeout-error.ts";
import { redactor } from "./redact.ts";
import type { Received } from "./response.ts";
import { backoff, isSafe, mayRetry, neverConnected, outcomeOf, requestedWait } from "./retry-policy.ts";

/**
 * Sends a request until there is a response to hand on, of whatever status, or no attempt left. The response has
 * been read in full.
 *
 * @throws AbortError, ConfigurationError (there is no token that can be sent), ConnectionError, TimeoutError
 */
export async function sendWithRetries(call: Call, request: Request): Promise<Received> {
  const { state, timeout, signal, token, maxRetries, maxRetryWait } = call;
  const { url } = request;
  state.url = url;
  let body = request.body as BodyInit | null;
  // A real one has been seen by middleware, which may have changed it. It is read once, for all attempts.
  if (request.arrayBuffer) {
    state.method = request.method;
    body &&= await request.arrayBuffer();
  }
  const { operation, method } = state;
  const aborted = () => failure(call, AbortError, "was aborted.", { cause: signal?.reason });
  for (;;) {
    if (signal?.aborted) throw aborted();
    const attempt = ++state.attempts;
    let isSent = false;
    let received: Received | undefined;
    let cause: unknown;
    try {
      received = await within(timeout, signal, async (stopped) => {
        if (typeof token === "function") noteToken(call, await token());
        // Too late, where the call ended while the token function was running.
        stopped.throwIfAborted();
        const headers = new Headers(request.headers);
        headers.set("authorization", `Bearer ${call.tokens.at(-1)}`);
        // On a connection that was used before, Deno's fetch itself repeats what is cut, which would make two webhooks.
        if ("Deno" in globalThis) headers.set("connection", "close");
        isSent = true;
        const init = { ...request, method, headers, body, redirect: "manual" as const, signal: stopped };
        const response = await (call.fetch ?? fetch)(url, init);
        return { response, text: await response.text() };
      });
    } catch (thrown) {
      cause = thrown;
    }

    const response = received?.response;
    const status = response?.status;
    const outcome = status ? outcomeOf(status, method) : isSent && !neverConnected(cause) ? "unknown" : "not-sent";
    // The outcomes stand in the order of the alphabet. What may have been done stays so, unless the call only reads.
    if (isSafe(method) || outcome > state.outcome) state.outcome = outcome;
    const error = received
      ? undefined
      : cause instanceof MindBridgeError
        ? cause
        : cause === TIMED_OUT
          ? failure(call, TimeoutError, `timed out after ${timeout} ms.`)
          : signal?.aborted
            ? aborted()
            : isSent
              ? failure(call, ConnectionError, "failed. Check the network.", { cause })
              : failure(call, ConfigurationError, "failed: the token function threw.", { cause });

    const requested = response && requestedWait(response);
    const waitMs =
      attempt > maxRetries || (requested as number) > maxRetryWait || !mayRetry(state, error?.code ?? status)
        ? undefined
        : (requested ?? backoff(attempt, maxRetryWait));
    const requestId = redactor(call.tokens)(response?.headers.get("x-request-id") ?? "") || undefined;
    // Not waited for, nor heard: a webhook that has been created must not be lost to an error in a log.
    (async () => call.onAttempt?.({ operation, attempt, status, error, waitMs, requestId }))().catch(() => {});

    // Rejects in any case: at the end of the wait, or of the call.
    if (waitMs !== undefined) await within(waitMs, signal, () => new Promise<never>(() => {})).catch(() => {});
    else if (received) return received;
    else throw error;
  }
}
