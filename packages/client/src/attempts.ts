import { aborted, attempt, type Outgoing } from "./attempt.ts";
import type { Call } from "./call.ts";
import { within } from "./deadline.ts";
import type { MindBridgeError } from "./errors/mindbridge-error.ts";
import { redactor } from "./redact.ts";
import type { Received } from "./response.ts";
import { backoff, mayRetry, requestedWait } from "./retry-policy.ts";

/**
 * Sends a request until there is a response to hand on, of any status but a redirect, or no attempt left.
 *
 * @param init What else to pass to `fetch`.
 * @throws As {@link attempt} does.
 */
export async function sendWithRetries(call: Call, request: Outgoing, init?: object): Promise<Received> {
  const { operation, signal, tokens, maxRetries, maxRetryWait, onAttempt } = call;
  const { method, url } = request;
  // Middleware may have changed them.
  Object.assign(call, { method, url });
  for (;;) {
    if (signal?.aborted) throw aborted(call);
    const number = ++call.attempts;
    let received: Received | undefined;
    let error: (MindBridgeError & { status?: number }) | undefined;
    try {
      received = await attempt(call, request, init);
    } catch (thrown) {
      error = thrown as MindBridgeError;
    }

    const response = received?.response;
    const { status } = response ?? error ?? {};
    const requestId = redactor(tokens)(response?.headers.get("x-request-id") ?? "") || undefined;
    let waitMs = response && requestedWait(response);
    if (number > maxRetries || (waitMs ?? 0) > maxRetryWait || !mayRetry(method, call.outcome, error?.code ?? status)) {
      waitMs = undefined;
    } else {
      waitMs ??= backoff(number, maxRetryWait);
    }

    // Not waited for, nor heard: a webhook that has been created must not be lost to an error in a log.
    (async () => onAttempt?.({ operation, attempt: number, status, error, waitMs, requestId }))().catch(() => {});

    if (waitMs !== undefined) {
      // Rejects in any case: at the end of the wait, or of the call.
      await within(waitMs, signal, () => new Promise<never>(() => {})).catch(() => {});
    } else if (received) {
      return received;
    } else {
      throw error;
    }
  }
}
