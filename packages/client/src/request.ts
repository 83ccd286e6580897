import type { Send } from "./exchange.ts";
import type { APIPromise, RequestFunction } from "./resource.ts";
import { replay } from "./response.ts";

/** The function behind the methods of the resources: a call that resolves to the data, or throws. */
export const createRequest =
  (send: Send): RequestFunction =>
  <T>(
    ...[operation, method, path, { path: parameters, body, empty }, options = {}]: Parameters<RequestFunction>
  ): APIPromise<T> => {
    const call = send(
      operation,
      method,
      path,
      options,
      { params: { path: parameters, query: options.query }, body },
      empty,
    );
    const promise = call.then(({ result }) => result.data as T);
    return Object.assign(promise, {
      withResponse() {
        // Whoever asks for both hears of an error there.
        promise.catch(() => {});
        return call.then(({ result, received }) => ({
          data: result.data as T,
          response: received ? replay(received) : result.response,
        }));
      },
    });
  };
