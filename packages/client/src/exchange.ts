import type { paths } from "@mindbridge-sdk/contract";
import createClient, { type Client, type Middleware } from "openapi-fetch";
import { fetchFor, sendWithRetries } from "./attempts.ts";
import { type Call, checkOptions, misuse, newCall, newContext, takeTokenOtherwise } from "./call.ts";
import { MindBridgeError } from "./errors.ts";
import { REQUEST_OPTIONS, type RequestOptions } from "./options.ts";
import type { APIPromise, ReadOnlyProperties, RequestFunction, WithResponse } from "./resource.ts";
import { dataOf, errorOf, replay } from "./response.ts";
import { PlainRequest, type PlainResponse } from "./stand-ins.ts";

/** openapi-fetch's client without the types of the paths, which the generated methods bring. */
interface UntypedClient {
  request(method: string, path: string, init: object): Promise<Result>;
  use(...middleware: Middleware[]): void;
}

interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response | PlainResponse;
}

/**
 * What a client is made of: openapi-fetch's client, which is made at the first call, and the function behind the methods
 * of the resources. Both send with the token, the retries and the time-outs of `clientOptions`.
 *
 * @throws ConfigurationError if an option cannot work.
 */
export function createExchange(clientOptions: RequestOptions): { api: () => Client<paths>; request: RequestFunction } {
  const name = "new MindBridge";
  checkOptions(newContext(name), clientOptions, { ...REQUEST_OPTIONS, validate: true });
  const common = newCall(clientOptions, name);
  let client: UntypedClient | undefined;
  let mayHaveMiddleware = Boolean(common.validate ?? common.middleware);

  const openapiFetch = (): UntypedClient => {
    client ??= createOpenapiFetch(common);
    return client;
  };

  const send = async <T, Answer extends Response>(
    ...[operation, method, path, input, options = {}]: Parameters<RequestFunction>
  ): Promise<WithResponse<T, Answer>> => {
    const call = newCall(options, operation, method, path, common, input.safe);
    const isPlain = !mayHaveMiddleware && !options.middleware;
    const result = await openapiFetch()
      .request(method, path, {
        params: { path: input.path, query: options.query },
        body: writable(input.body, input.readOnly),
        parseAs: "text",
        baseUrl: call.baseUrl,
        headers: options.headers,
        middleware: options.middleware,
        pathSerializer: pathSerializer(call),
        fetch: fetchFor(call),
        ...(isPlain && { Request: PlainRequest }),
        ...input.init,
      })
      .catch((cause: unknown) => {
        // Middleware may have thrown it.
        if (!isPlain || cause instanceof MindBridgeError) throw cause;
        // Without the cause: what `Headers` throws quotes the value, which may be a secret.
        return misuse(call, "a header or body is invalid");
      });
    const received = receivedOf(result);
    if (!received.response.ok) throw errorOf(call, received);
    const data = input.content === "none" ? undefined : dataOf(call, received, input.content === "optional");
    return { data: data as T, response: received.response as Answer };
  };

  return {
    api() {
      // Whoever has it may register middleware.
      mayHaveMiddleware = true;
      return openapiFetch() as unknown as Client<paths>;
    },
    request: <T, Answer extends Response>(...call: Parameters<RequestFunction>): APIPromise<T, Answer> => {
      const sent = send<T, Answer>(...call);
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

function createOpenapiFetch(common: Call): UntypedClient {
  const { baseUrl, headers, middleware = [], validate } = common;
  const client = createClient<paths>({
    baseUrl,
    headers: headers as HeadersInit,
    pathSerializer: pathSerializer(common),
    async fetch(request: Request & { schemaPath?: string }) {
      const { method, signal, schemaPath } = request;
      // openapi-fetch hangs the options that it does not know on the request, ours among them.
      const call = newCall({ ...request, signal }, `api.${method}`, method, schemaPath, common);
      const received = await sendWithRetries(call, request);
      // openapi-fetch would throw a bare SyntaxError.
      if (received.response.ok) dataOf(call, received, true);
      return replay(received);
    },
  });
  // It passes over what is undefined.
  client.use(...middleware, validate as Middleware);
  if (takeTokenOtherwise) {
    client.use({ onRequest: ({ request, schemaPath }) => void Object.assign(request, { schemaPath }) });
  }
  return client as unknown as UntypedClient;
}

/**
 * The body without the properties that only the server sets. What is no object goes as it is.
 *
 * @param readOnly Its read-only properties, and then those of the enclosing objects, the innermost first.
 */
export function writable(value: unknown, ...readOnly: readonly (ReadOnlyProperties | undefined)[]): unknown {
  const [own] = readOnly;
  if (!own || Object(value) !== value) return value;
  if (Array.isArray(value)) return value.map((each) => writable(each, ...readOnly));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, inner]) => {
      const inside = own[Object.hasOwn(own, name) ? name : "*"];
      if (inside === true) return [];
      const within = typeof inside === "number" ? readOnly.slice(inside) : [inside, ...readOnly];
      return [[name, writable(inner, ...within)]];
    }),
  );
}

/** The response that openapi-fetch returns, and its text. */
function receivedOf({ data, error, response }: Result) {
  if ("received" in response) return response.received;
  // Middleware may have put another response in place. openapi-fetch has parsed the body of an error.
  const body = data ?? error ?? "";
  return { response, text: typeof body === "string" ? body : JSON.stringify(body) };
}

const pathSerializer =
  (call: Call) =>
  (path: string, parameters: Record<string, unknown>): string =>
    path.replace(/\{([^{}]+)}/g, (_, name: string) => {
      const value = encodeURIComponent(`${parameters[name] ?? ""}`);
      // A server would take them for another path.
      return /^\.{0,2}$/.test(value) ? misuse(call, `${name} is ${value ? `"${value}"` : "missing"}`) : value;
    });
