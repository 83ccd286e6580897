import { errorFromResponse } from "./errors/from-response.ts";
import type { Send } from "./exchange.ts";
import { parse } from "./parse.ts";
import type { APIPromise, RequestFunction } from "./resource.ts";
import { replay } from "./response.ts";

/** The function behind the methods of the resources: a call that resolves to the data, or throws. */
export const createRequest =
  (send: Send): RequestFunction =>
  <T>(...[operation, method, path, input, options = {}]: Parameters<RequestFunction>): APIPromise<T> => {
    const both = (async () => {
      const { call, read } = await send(operation, method, path, options, {
        params: { path: input.path, query: options.query },
        body: input.body,
        parseAs: "stream",
      });
      const received = await read();
      if (!received.response.ok) throw errorFromResponse(call, received);
      return { data: parse(call, received, input.empty) as T, received };
    })();
    const promise = both.then(({ data }) => data);
    return Object.assign(promise, {
      withResponse() {
        // Whoever asks for both hears of an error there.
        promise.catch(() => {});
        return both.then(({ data, received }) => ({ data, response: replay(received).response }));
      },
    });
  };
