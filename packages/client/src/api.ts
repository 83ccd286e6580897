import type { paths } from "@mindbridge-sdk/contract";
import type { Client } from "openapi-fetch";
import type { Init, Result, Send, UntypedClient } from "./exchange.ts";
import type { RequestOptions } from "./options.ts";

/** Turns openapi-fetch's client into one that sends as the resources do, and never throws a bare SyntaxError. */
export function createApi(client: UntypedClient, send: Send): Client<paths> {
  const request = async (method: string, path: string, options: RequestOptions & Init = {}): Promise<Result> => {
    const verb = method.toUpperCase();
    // What openapi-fetch does not know it hangs on the request, for middleware to see.
    const init: Init & RequestOptions = { ...options, token: undefined, signal: undefined };
    return (await send(`${verb} ${path}`, verb, path, options, init, true, true)).result;
  };
  const methods: Record<string, unknown> = { request };
  for (const name of Object.keys(client)) {
    // GET, POST and so on, not `use` and `eject`.
    if (name < "a") methods[name] = (path: string, options?: object) => request(name, path, options);
  }
  return Object.assign(client, methods) as unknown as Client<paths>;
}
