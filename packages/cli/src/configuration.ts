import type { MindBridge } from "@mindbridge-sdk/client";
import type { Context } from "./context.ts";
import { UsageError } from "./usage-error.ts";

/** The flags of every command that calls the API. There is none for the token: arguments show in lists of processes. */
export interface ApiOptions {
  /** What the client takes as `baseUrl`. */
  readonly apiUrl?: string | undefined;
}

const WRONG_URL =
  "Correct --api-url or MINDBRIDGE_API_URL: it is the host of the API, such as https://acme.mindbridge.ai, or the address of a mock on this machine, such as http://127.0.0.1:4010. Plain http is for this machine alone, and the address has no user, password or query.";
const WRONG_TOKEN = "Correct MINDBRIDGE_API_TOKEN: it is the token alone, without Bearer or spaces.";

/**
 * The client that the flags and then the environment describe.
 *
 * @throws {UsageError} where neither names an API, or there is no token that can be one.
 */
export async function createClient({ apiUrl }: ApiOptions, { env }: Context): Promise<MindBridge> {
  const baseUrl = apiUrl ?? env.MINDBRIDGE_API_URL;
  const token = env.MINDBRIDGE_API_TOKEN;
  if (!baseUrl) throw new UsageError("Which API to call is not known: give --api-url, or set MINDBRIDGE_API_URL.");
  if (!token) throw new UsageError("There is no token: set MINDBRIDGE_API_TOKEN (for a mock, any value does).");
  const { ConfigurationError, MindBridge } = await import("@mindbridge-sdk/client");
  try {
    return new MindBridge({ baseUrl, token });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // Neither is quoted: the one is secret, and the other may hold what is.
    throw new UsageError(error.message.includes("token") ? WRONG_TOKEN : WRONG_URL, { cause: error });
  }
}
