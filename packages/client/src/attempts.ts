import { type Call, failure, noteToken, type Received } from "./call.ts";
import { safeCause } from "./cause.ts";
import { TIMED_OUT, wait, within } from "./deadline.ts";
import { AbortError, ConfigurationError, ConnectionError, MindBridgeError, TimeoutError } from "./errors.ts";
import { errorOf, receive, replay, requestIdOf } from "./response.ts";
import { backoff, mayRetry, neverConnected, outcomeAfter, outcomeOf, requestedWait } from "./retry-policy.ts";
import { PlainRequest, type PlainResponse, plainResponse } from "./stand-ins.ts";

type AnyRequest = Request | PlainRequest;

/** What openapi-fetch calls in place of `fetch` for a call of a resource. */
export function fetchFor(call: Call): (request: AnyRequest) => Promise<Response | PlainResponse> {
  return async (request) => {
    const received = await sendWithRetries(call, request);
    return request instanceof PlainRequest ? plainResponse(received) : replay(received);
  };
}

/**
 * Sends a request until there is a response to hand on, of whatever status, or no attempt left.
 *
 * @throws AbortError, ConfigurationError (there is no token that can be sent), ConnectionError, ResponseTooLargeError,
 * TimeoutError
 */
export async function sendWithRetries(call: Call, request: AnyRequest): Promise<Received> {
  const { state, signal, maxRetries, maxRetryWait } = call;
  state.method = request.method;
  state.url = request.url;
  // It is read once, for all attempts.
  const body = request instanceof PlainRequest ? request.body : request.body && (await request.arrayBuffer());
  for (;;) {
    if (signal?.aborted) throw aborted(call);
    const attempt = ++state.attempts;
    const result = await send(call, request, body);
    const isError = result instanceof MindBridgeError;
    const error = isError ? result : undefined;
    const response = isError ? undefined : result.response;
    const status = response?.status;
    const requested = response && requestedWait(response);
    const isRepeated =
      attempt <= maxRetries && (requested ?? 0) <= maxRetryWait && mayRetry(state, status, error?.code);
    const waitMs = isRepeated ? (requested ?? backoff(attempt, maxRetryWait)) : undefined;
    const requestId = response && requestIdOf(call, response);
    // Neither waited for nor heard: an error in a log must not lose a webhook that has been created.
    (async () => call.onAttempt?.({ operation: state.operation, attempt, status, error, waitMs, requestId }))().catch(
      () => {},
    );
    if (waitMs !== undefined) await wait(waitMs, signal);
    else if (isError) throw result;
    else return result;
  }
}

/** One attempt: it asks for the token, sends the request and reads the response, all within `timeout`. */
async function send(
  call: Call,
  request: AnyRequest,
  body: BodyInit | null | undefined,
): Promise<Received | MindBridgeError> {
  const { state, timeout, signal, token, tokenHeader } = call;
  let isSent = false;
  try {
    const received = await within(timeout, signal, async (stopped) => {
      if (tokenHeader && typeof token === "function") noteToken(call, await token());
      // The call may have ended while the token function was running.
      stopped.throwIfAborted();
      const headers = new Headers(request.headers);
      if (tokenHeader)
        headers.set(tokenHeader, (tokenHeader === "authorization" ? "Bearer " : "") + call.tokens.at(-1));
      // On a connection that was used before, Deno's fetch repeats a request that is cut, which would make two webhooks.
      if ("Deno" in globalThis) headers.set("connection", "close");
      isSent = true;
      const { method } = state;
      const init = { ...request, method, headers, body: body ?? null, redirect: "manual" as const, signal: stopped };
      return (call.receive ?? receive)(call, await (call.fetch ?? fetch)(state.url, init), stopped);
    });
    const { response, isCut } = received;
    state.outcome = outcomeAfter(state, outcomeOf(response.status, state.safe));
    return isCut && response.ok ? errorOf(call, received, "ResponseTooLargeError") : received;
  } catch (thrown) {
    const cause = safeCause(thrown, call.tokens);
    const mayBeDone = isSent && !neverConnected(cause);
    state.outcome = outcomeAfter(state, mayBeDone ? "unknown" : "not-sent");
    if (thrown instanceof MindBridgeError) return thrown;
    if (thrown === TIMED_OUT) return failure(call, TimeoutError, `timed out after ${timeout} ms.`);
    if (signal?.aborted) return aborted(call);
    if (isSent) return failure(call, ConnectionError, "failed. Check the network.", { cause });
    return failure(call, ConfigurationError, "failed: the token function threw.", { cause });
  }
}

export function aborted(call: Call): AbortError {
  return failure(call, AbortError, "was aborted.", { cause: safeCause(call.signal?.reason, call.tokens) });
}
