import { MindBridge } from "./client.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import type { CallOptions, MindBridgeOptions, TokenSource } from "./options.ts";

/** Options that go over what the environment says. */
export interface EnvironmentOptions extends CallOptions {
  readonly tenant?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly token?: TokenSource | undefined;
}

/**
 * A client that is configured by the environment: `MINDBRIDGE_API_URL` (what `baseUrl` takes) and
 * `MINDBRIDGE_API_TOKEN`, which are the names of the vendor's Python client.
 *
 * @param options They go over the environment. With a `tenant` or `baseUrl` here, `MINDBRIDGE_API_URL` is not read.
 * @param env The variables; by default those of the process. A Worker that has no `process` passes its own.
 * @throws {ConfigurationError} where a variable that is needed is missing or empty, or its value cannot work.
 */
export function clientFromEnv(
  options: EnvironmentOptions = {},
  env: Record<string, string | undefined> = (globalThis as { process?: { env: Record<string, string | undefined> } })
    .process?.env ?? {},
): MindBridge {
  const read = (name: string): string => env[name] || fail(name);
  const { tenant, token = read("MINDBRIDGE_API_TOKEN") } = options;
  const baseUrl = options.baseUrl ?? (tenant === undefined ? read("MINDBRIDGE_API_URL") : undefined);
  return new MindBridge({ ...options, tenant, baseUrl, token } as MindBridgeOptions);
}

function fail(name: string): never {
  const details = { operation: "clientFromEnv", method: "", url: "", attempts: 0, outcome: "not-sent" } as const;
  throw new ConfigurationError(`clientFromEnv: set the environment variable ${name}, or pass the option.`, details);
}
