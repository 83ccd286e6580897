import type { paths } from "@mindbridge-sdk/contract";
import createClient, { type Client, type Middleware } from "openapi-fetch";
import { sendWithRetries } from "./attempts.ts";
import { type Call, misuse, newCall } from "./call.ts";
import { errorFromResponse } from "./errors/from-response.ts";
import { MindBridgeError } from "./errors/mindbridge-error.ts";
import type { RequestOptions } from "./options.ts";
import type { APIPromise, RequestFunction, WithResponse } from "./resource.ts";
import { type Received, replay } from "./response.ts";

/** openapi-fetch's client without the types of the paths, which the generated methods bring. */
interface UntypedClient {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;
  use(...middleware: Middleware[]): void;
}

/**
 * What a client is made of: openapi-fetch's client, which is made at the first call, and the function behind the methods
 * of the resources. Both send with the token, the retries and the time-outs of `clientOptions`.
 *
 * @throws ConfigurationError where an option cannot work.
 */
export function createExchange(clientOptions: RequestOptions): { api: () => Client<paths>; request: RequestFunction } {
  const common = newCall(clientOptions, "new MindBridge");
  const { baseUrl, headers, middleware = [], validate } = common;
  let client: UntypedClient | undefined;
  let mayHaveMiddleware: unknown = validate ?? middleware[0];

  const openapiFetch = (): UntypedClient => {
    if (!client) {
      client = createClient<paths>({
        baseUrl,
        headers: headers as HeadersInit,
        pathSerializer: pathSerializer(common),
        // openapi-fetch hangs the options that it does not know on the request, ours among them.
        async fetch(request) {
          const { method, signal } = request;
          const call = newCall({ ...request, signal }, `api.${method}`, method, "", common);
          const received = await sendWithRetries(call, request);
          // openapi-fetch would throw a bare SyntaxError.
          if (received.response.ok) parse(call, received, true);
          return replay(received);
        },
      }) as unknown as UntypedClient;
      // It leaves out what is undefined.
      client.use(...middleware, validate as Middleware);
    }
    return client;
  };

  const send = async <T>(
    ...[operation, method, path, input, options = {}]: Parameters<RequestFunction>
  ): Promise<WithResponse<T>> => {
    const call = newCall(options, operation, method, path, common);
    const isReal = mayHaveMiddleware || options.middleware;
    let received: Received | undefined;
    const { response, data, error } = await openapiFetch()
      .request(method, path, {
        params: { path: input.path, query: options.query },
        body: input.body,
        parseAs: "text",
        baseUrl: call.baseUrl,
        headers: options.headers,
        middleware: options.middleware,
        pathSerializer: pathSerializer(call),
        ...(!isReal && { Request: record }),
        async fetch(request: Request) {
          received = await sendWithRetries(call, request);
          return isReal ? replay(received) : received.response;
        },
      })
      .catch((cause: unknown) => {
        // With middleware, it may be what that throws.
        if (isReal || cause instanceof MindBridgeError) throw cause;
        // Without the cause: what `Headers` throws quotes the value, which may be a secret.
        return misuse(call, "a header or body is invalid");
      });
    if (isReal) {
      // Middleware may have put a response of its own in place.
      const body = data ?? error ?? "";
      received = { response, text: typeof body === "string" ? body : JSON.stringify(body) };
    }
    if (!response.ok) throw errorFromResponse(call, received as Received);
    return { data: parse(call, received as Received, input.empty) as T, response };
  };

  return {
    api() {
      // Whoever has it may register middleware.
      mayHaveMiddleware = true;
      return openapiFetch() as unknown as Client<paths>;
    },
    request: <T>(...call: Parameters<RequestFunction>): APIPromise<T> => {
      const sent = send<T>(...call);
      const promise = sent.then(({ data }) => data);
      return Object.assign(promise, {
        withResponse() {
          // Whoever asks for both hears of an error there.
          promise.catch(() => {});
          return sent;
        },
      });
    },
  };
}

/**
 * In place of a `Request`: without middleware nobody sees that, and this is several times quicker. As that of a HEAD,
 * openapi-fetch leaves the response alone.
 */
function record(url: string, init: object): object {
  return { ...init, url, method: "HEAD" };
}

/** @throws ResponseParseError */
function parse(call: Call, received: Received, mayBeEmpty: boolean | undefined): unknown {
  try {
    return received.text || !mayBeEmpty ? JSON.parse(received.text) : undefined;
  } catch {
    // Not the SyntaxError, nor as a cause: it quotes the text.
    throw errorFromResponse(call, received);
  }
}

const pathSerializer =
  (call: Call) =>
  (path: string, parameters: Record<string, unknown>): string =>
    path.replace(/\{(\w+)}/g, (_, name: string) => {
      const value = encodeURIComponent(`${parameters[name] ?? ""}`);
      // A server would take them for another path.
      return /^\.{0,2}$/.test(value) ? misuse(call, `${name} must not be "", "." or ".."`) : value;
    });
