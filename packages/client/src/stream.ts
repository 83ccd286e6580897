// Responses that are not JSON. Only the generated calls of such operations import this file, so that no other client bundles it.

import { aborted } from "./attempts.ts";
import { type Call, failure, type Receive } from "./call.ts";
import { safeCause } from "./cause.ts";
import { TIMED_OUT, within } from "./deadline.ts";
import { ConnectionError, TimeoutError } from "./errors.ts";
import type { APIPromise, RequestFunction } from "./resource.ts";
import { errorOf, receive } from "./response.ts";

/**
 * A call under way whose response is not JSON. It resolves to the body as a stream, once the server has begun to answer;
 * `text()` and `blob()` read it to its end.
 *
 * The limits of a call hold for the stream, too. Reading it fails with a `TimeoutError` if it is not read within `timeout`
 * milliseconds from its beginning, with a `ResponseTooLargeError` above `maxResponseBytes`, with an `AbortError` after an
 * abort of `signal`, and with a `ConnectionError` if it breaks off. No attempt follows once the stream has begun.
 */
export interface StreamPromise<
  Body extends ReadableStream<Uint8Array> | undefined = ReadableStream<Uint8Array>,
  Answer extends Response = Response,
> extends APIPromise<Body, Answer> {
  /** The whole body as a text, decoded as UTF-8. */
  text(): Promise<string>;
  /** The whole body, with the media type of the response. */
  blob(): Promise<Blob>;
}

/** Calls an operation whose response is a stream. `call` is what `request` takes. */
export function stream<Body extends ReadableStream<Uint8Array> | undefined, Answer extends Response>(
  request: RequestFunction,
  ...[operation, method, path, input, options]: Parameters<RequestFunction>
): StreamPromise<Body, Answer> {
  const init = { ...input.init, parseAs: "stream" };
  const sent = request<undefined, Answer>(
    operation,
    method,
    path,
    // What came is in the response.
    { ...input, init, content: "none" },
    { ...options, receive: receiveStream },
  ).withResponse();
  const body = sent.then(({ response }) => (response.body ?? undefined) as Body);
  const response = async () => {
    // Whoever asks for more than the stream hears of an error there.
    body.catch(() => {});
    return (await sent).response;
  };
  return Object.assign(body, {
    withResponse: async () => ({ response: await response(), data: await body }),
    text: async () => (await response()).text(),
    blob: async () => (await response()).blob(),
  });
}

/** Hands on the body of a success as it comes. Any other response is read as a text. */
const receiveStream: Receive = async (call, response, signal) => {
  if (!response.ok || !response.body) return receive(call, response, signal);
  const limited = new Response(limit(call, response, response.body), response);
  return { response: limited, text: "", body: limited.body };
};

function limit(call: Call, response: Response, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let left = call.maxResponseBytes;
  return new ReadableStream({
    start(controller) {
      within(call.timeout, call.signal, () => ended).catch((reason: unknown) => {
        const isLate = reason === TIMED_OUT;
        controller.error(isLate ? failure(call, TimeoutError, `timed out after ${call.timeout} ms.`) : aborted(call));
        reader.cancel().catch(() => {});
      });
    },
    async pull(controller) {
      const { value, done } = await reader.read().catch((thrown: unknown) => {
        end();
        const cause = safeCause(thrown, call.tokens);
        throw failure(call, ConnectionError, "failed. Check the network.", { cause });
      });
      left -= value?.length ?? 0;
      if (done || left < 0) end();
      if (done) return controller.close();
      if (left >= 0) return controller.enqueue(value);
      reader.cancel().catch(() => {});
      throw errorOf(call, { response, text: "", isCut: true }, "ResponseTooLargeError");
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
}
