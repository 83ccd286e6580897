import type { paths } from "@mindbridge-sdk/contract";
import createClient, { type Middleware } from "openapi-fetch";
import { sendWithRetries } from "./attempts.ts";
import { misuse } from "./call.ts";
import { errorFromResponse } from "./errors/from-response.ts";
import { newCall } from "./new-call.ts";
import type { RequestOptions } from "./options.ts";
import { redactor } from "./redact.ts";
import { type Received, replay, textOf } from "./response.ts";

/** What openapi-fetch makes of a response. */
export interface Result {
  data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** openapi-fetch's client without the types of the paths, which are checked where a user calls it. */
export interface UntypedClient {
  request: (method: string, path: string, init: object) => Promise<Result>;
  use: (...middleware: Middleware[]) => void;
  eject: (...middleware: Middleware[]) => void;
}

/** What openapi-fetch is told of a call. */
export interface Init {
  readonly params?: { readonly path?: object | undefined; readonly query?: object | undefined } | undefined;
  readonly body?: unknown;
  readonly parseAs?: string | undefined;
}

/**
 * Makes a call.
 *
 * @param mayBeEmpty Whether an empty body stands for `undefined`.
 * @param isApi Whether middleware may come with the call, and statuses that are no success are returned.
 * @throws MindBridgeError, or what middleware throws.
 */
export type Send = (
  operation: string,
  method: string,
  path: string,
  options: RequestOptions,
  init: Init,
  mayBeEmpty: boolean | undefined,
  isApi?: boolean,
) => Promise<{ result: Result; received?: Received }>;

/**
 * What a client is made of: one openapi-fetch client, and the function that sends through it.
 *
 * @throws ConfigurationError where an option cannot work.
 */
export function createExchange(clientOptions: RequestOptions): { client: UntypedClient; send: Send } {
  const common = newCall(clientOptions, "new MindBridge");
  // Each call brings its own `fetch` and `Request`. To touch the global ones here would cost Node 30 ms at start-up.
  const unused = Object as never;
  const client = createClient<paths>({
    headers: clientOptions.headers as HeadersInit,
    fetch: unused,
    Request: unused,
  }) as unknown as UntypedClient;
  const { request: callThrough, use } = client;
  let hasMiddleware = false;
  client.use = (...middleware) => {
    hasMiddleware ||= middleware.length > 0;
    use(...middleware);
  };
  client.use(...(clientOptions.middleware ?? []));

  return {
    client,
    async send(operation, method, path, options, init, mayBeEmpty, isApi) {
      const call = newCall(options, operation, method, path, common);
      const { headers, middleware } = options;
      const isReal = isApi || hasMiddleware || middleware?.length;
      const isJson = !init.parseAs || init.parseAs === "json";
      let built: object | undefined;
      let received: Received | undefined;
      let given: Response | undefined;
      let result: Result;

      for (const [name, value] of Object.entries<string | undefined>({ ...init.params?.path })) {
        // A server would take them for another path.
        if (/^\.{0,2}$/.test(value ?? "")) misuse(call, `${name} must not be missing, "", "." or ".."`);
      }

      // Without middleware nobody sees the request, and a record does, which is several times quicker. As that of a HEAD,
      // openapi-fetch leaves the response alone.
      function Build(url: string, requestInit: RequestInit) {
        built = isReal ? new Request(url, requestInit) : { ...requestInit, url, method: "HEAD" };
        return built;
      }
      // For openapi-fetch's `instanceof`, where middleware hands on a request of its own.
      Build.prototype = Request.prototype;

      const fetch = async (request: Request) => {
        // What is read is read once, for all attempts.
        const { url, body } = request;
        received = await sendWithRetries(
          call,
          isReal
            ? { method: request.method, url, headers: request.headers, body: body && (await request.arrayBuffer()) }
            : { method, url, headers: request.headers, body },
          isApi ? init : undefined,
        );
        const { response } = received;
        given = isReal ? replay(received, response.ok ? undefined : redactor(call.tokens)) : response;
        return given;
      };

      try {
        result = await callThrough(method, path, {
          ...init,
          ...(isJson && { parseAs: "text" }),
          baseUrl: call.baseUrl,
          headers,
          middleware,
          fetch,
          Request: Build,
        });
      } catch (cause) {
        if (built) throw cause;
        // What `Headers` throws quotes the value, which may be a secret.
        misuse(
          call,
          "a header, a parameter or the body cannot be sent",
          /header/i.test(String(cause)) ? {} : { cause },
        );
      }

      const { response, data, error } = result;
      const { ok } = response;
      if (isApi && !(isJson && ok)) return { result };
      if (!received || response !== given) {
        // Middleware has put its own in place, and openapi-fetch has read it.
        const body = data ?? error ?? "";
        received = { response, body: typeof body === "string" ? body : JSON.stringify(body) };
      }
      if (!ok) throw errorFromResponse(call, received);
      const text = textOf(received);
      try {
        result.data = text || !mayBeEmpty ? JSON.parse(text) : undefined;
      } catch {
        // Not the SyntaxError, nor as a cause: it quotes the text.
        throw errorFromResponse(call, received);
      }
      return { result, received };
    },
  };
}
