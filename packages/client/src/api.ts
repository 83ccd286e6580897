import type { paths } from "@mindbridge-sdk/contract";
import type { Client } from "openapi-fetch";
import type { Init, Send, UntypedClient } from "./exchange.ts";
import type { RequestOptions } from "./options.ts";
import { parse } from "./parse.ts";

/** Turns openapi-fetch's client into one that sends as the resources do, and never throws a bare SyntaxError. */
export function createApi(client: UntypedClient, send: Send): Client<paths> {
  const request = async (method: string, path: string, options: RequestOptions & Init = {}) => {
    const isJson = !options.parseAs || options.parseAs === "json";
    // What openapi-fetch does not know it hangs on the request, for middleware to see.
    const init: Init & RequestOptions = {
      ...options,
      token: undefined,
      signal: undefined,
      ...(isJson && { parseAs: "stream" }),
    };
    const { call, result, read } = await send(`${method} ${path}`, method, path, options, init, init);
    if (isJson && result.data) result.data = parse(call, await read(), true);
    return result;
  };
  const methods: Record<string, unknown> = {};
  for (const name of Object.keys(client)) {
    if (name < "a") methods[name] = (path: string, options?: RequestOptions & Init) => request(name, path, options);
  }
  return Object.assign(client, methods, {
    request: (method: string, ...rest: [string, object?]) => request(method.toUpperCase(), ...rest),
  }) as unknown as Client<paths>;
}
