import type { paths } from "@mindbridge-sdk/contract";
import createClient, { type Client } from "openapi-fetch";
import { sendWithRetries } from "./attempts.ts";
import { type Call, misuse } from "./call.ts";
import { newCall } from "./new-call.ts";
import type { RequestOptions } from "./options.ts";
import { type Received, replay } from "./response.ts";

/** A call that has come back, with any status. */
export interface Answer {
  readonly call: Call;
  /** What openapi-fetch made of it. */
  readonly result: { data?: unknown; error?: unknown; readonly response: Response };
  /** The response after all middleware, and its body. */
  readonly read: () => Promise<Received>;
}

/** openapi-fetch's client without the types of the paths, which are checked where a user calls it. */
export interface UntypedClient extends Pick<Client<paths>, "use" | "eject"> {
  request(method: string, path: string, init: object): Promise<Answer["result"]>;
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
 * @param fetchInit What else to pass to `fetch`. Its presence says that middleware may see the call.
 * @throws MindBridgeError, or what middleware throws.
 */
export type Send = (
  operation: string,
  method: string,
  path: string,
  options: RequestOptions,
  init: Init,
  fetchInit?: object,
) => Promise<Answer>;

/**
 * What a client is made of: one openapi-fetch client, and the function that sends through it.
 *
 * @throws ConfigurationError where an option cannot work.
 */
export function createExchange(options: RequestOptions): { client: UntypedClient; send: Send } {
  const common = newCall(options, "new MindBridge");
  // Each call brings its own `fetch` and `Request`. To touch the global ones here would cost Node 30 ms at start-up.
  const unused = Object as never;
  const client = createClient<paths>({
    headers: options.headers ?? {},
    fetch: unused,
    Request: unused,
  }) as unknown as UntypedClient;
  const { request, use } = client;
  let hasMiddleware = false;
  client.use = (...middleware) => {
    hasMiddleware ||= middleware.length > 0;
    use(...middleware);
  };
  client.use(...(options.middleware ?? []));

  return {
    client,
    async send(operation, method, path, options, init, fetchInit) {
      const call = newCall(options, operation, method, path, common);
      for (const [name, value] of Object.entries(init.params?.path ?? {})) {
        // A server would take them for another path.
        if (value == null || /^\.{0,2}$/.test(value)) misuse(call, `${name} must not be missing, "", "." or ".."`);
      }
      const { headers, middleware } = options;
      const isReal = fetchInit || hasMiddleware || middleware?.length;
      let built: object | undefined;
      let received: Received | undefined;
      let given: Response | undefined;

      // Without middleware nobody sees the request, and a record does, which is several times quicker.
      const build = (url: string, requestInit: RequestInit) => {
        built = isReal ? new Request(url, requestInit) : { ...requestInit, url };
        return built;
      };
      // For openapi-fetch's `instanceof`, where middleware hands on a request of its own.
      build.prototype = Request.prototype;

      const fetch = async (request: Request) => {
        const { method, url, headers } = request;
        // Read once, for all attempts. A record's body is its text.
        const body = isReal && request.body ? await request.arrayBuffer() : request.body;
        received = await sendWithRetries(call, { method, url, headers, body }, fetchInit);
        // Without middleware nobody sees the response either, and this keeps openapi-fetch from reading it.
        given = isReal
          ? replay(received).response
          : ({ ok: true, status: 204, headers: received.response.headers } as Response);
        return given;
      };

      try {
        const { baseUrl } = call;
        const result = await request(method, path, { ...init, baseUrl, headers, middleware, fetch, Request: build });
        const { response, data, error } = result;
        return {
          call,
          result,
          // Middleware may have put another response in place of ours, and openapi-fetch reads the body of an error.
          read: async () =>
            received && response === given
              ? received
              : {
                  response,
                  bytes: await new Response(
                    response.ok || typeof error === "string" ? ((data ?? error) as BodyInit) : JSON.stringify(error),
                  ).arrayBuffer(),
                },
        };
      } catch (cause) {
        if (built) throw cause;
        // What `Headers` throws quotes the value, which may be a secret.
        return misuse(
          call,
          "a header, a parameter or the body cannot be sent",
          /header/i.test(`${cause}`) ? {} : { cause },
        );
      }
    },
  };
}
