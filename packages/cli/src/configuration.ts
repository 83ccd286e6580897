import type { MindBridge } from "@mindbridge-sdk/client";
import type { Context } from "./context.ts";
import { UsageError } from "./usage-error.ts";

/** The flags of every command that calls the API. There is none for the token: arguments show in lists of processes. */
export interface ApiOptions {
  /** What the client takes as `baseUrl`. */
  readonly apiUrl?: string | undefined;
}

/**
 * The client that the flags and then the environment describe.
 *
 * @throws {UsageError} where neither names the API, or there is no token.
 * @throws {ConfigurationError} where the client cannot work with what they say.
 */
export async function createClient({ apiUrl }: ApiOptions, { env }: Context): Promise<MindBridge> {
  const baseUrl = apiUrl ?? env.MINDBRIDGE_API_URL;
  const token = env.MINDBRIDGE_API_TOKEN;
  if (!baseUrl) throw new UsageError("Which API to call is not known: give --api-url, or set MINDBRIDGE_API_URL.");
  if (!token) throw new UsageError("There is no token: set MINDBRIDGE_API_TOKEN (for a mock, any value does).");
  const { MindBridge } = await import("@mindbridge-sdk/client");
  return new MindBridge({ baseUrl, token });
}
