import type { paths } from "@mindbridge-sdk/contract";
import type { Client } from "openapi-fetch";
import { createExchange } from "./exchange.ts";
import { Resources } from "./generated/resources.ts";
import type { MindBridgeOptions } from "./options.ts";

/**
 * A client of the MindBridge API of one tenant.
 *
 * ```ts
 * const mindbridge = new MindBridge({ tenant: "acme", token: process.env.MINDBRIDGE_API_TOKEN! });
 * const webhook = await mindbridge.webhooks.get(id);
 * ```
 *
 * Its methods resolve to the data of the response, or throw a `MindBridgeError`.
 */
export class MindBridge extends Resources {
  readonly #api: () => Client<paths>;

  /** @throws {ConfigurationError} where an option is missing or cannot work. */
  constructor(options: MindBridgeOptions) {
    const { api, request } = createExchange(options);
    super(request);
    this.#api = api;
  }

  /**
   * The typed openapi-fetch client, for any path of the contract: the same token, retries and transport errors (which are
   * thrown), while HTTP statuses come back as `{ data, error, response }`. Decide on `response.ok`, since the `error` of
   * an empty body is empty too. Middleware that is registered here goes for all calls of this client. The options of a
   * call, such as `timeout` and `signal`, may stand beside openapi-fetch's.
   */
  get api(): Client<paths> {
    return this.#api();
  }
}
