import type { paths } from "@mindbridge-sdk/contract";
import type { Client } from "openapi-fetch";
import { ConfigurationError } from "./errors.ts";
import { createExchange } from "./exchange.ts";
import { Resources } from "./generated/resources.ts";
import type { EnvironmentOptions, MindBridgeOptions } from "./options.ts";

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

  /** @throws {ConfigurationError} if an option is missing or cannot work. */
  constructor(options: MindBridgeOptions) {
    const { api, request } = createExchange(options);
    super(request);
    this.#api = api;
  }

  /**
   * The typed openapi-fetch client, for any path of the contract. It sends with the same token and retries, and throws the
   * same errors of transport, but returns HTTP statuses as `{ data, error, response }`. Decide on `response.ok`: the
   * `error` of an empty body is empty too. Middleware that is registered here applies to all calls of this client. The
   * options of a call, such as `timeout` and `signal`, may stand beside openapi-fetch's.
   */
  get api(): Client<paths> {
    return this.#api();
  }
}

/**
 * A client that is configured by the environment: `MINDBRIDGE_API_URL` (what `baseUrl` takes) and
 * `MINDBRIDGE_API_TOKEN`. The vendor's Python client uses the same names.
 *
 * @param options They override the environment. With a `tenant` or `baseUrl` here, `MINDBRIDGE_API_URL` is not read.
 * @param env The variables; by default those of the process. A Worker without a `process` passes its own.
 * @throws {ConfigurationError} if a variable that is needed is missing or empty, or its value cannot work.
 */
export function clientFromEnv(
  options: EnvironmentOptions = {},
  env: Record<string, string | undefined> = (globalThis as { process?: { env: Record<string, string | undefined> } })
    .process?.env ?? {},
): MindBridge {
  const read = (name: string): string => env[name] || missing(name);
  const { tenant, token = read("MINDBRIDGE_API_TOKEN") } = options;
  const baseUrl = options.baseUrl ?? (tenant === undefined ? read("MINDBRIDGE_API_URL") : undefined);
  return new MindBridge({ ...options, tenant, baseUrl, token } as MindBridgeOptions);
}

function missing(name: string): never {
  const details = { operation: "clientFromEnv", method: "", url: "", attempts: 0, outcome: "not-sent" } as const;
  throw new ConfigurationError(`clientFromEnv: set the environment variable ${name}, or pass the option.`, details);
}
