import type { MindBridge, MindBridgeOptions } from "@mindbridge-sdk/client";
import { type Redact, redactor } from "@mindbridge-sdk/client/redact";
import type { Context } from "./action.ts";
import { UsageError } from "./errors.ts";

/** The flags of every command that calls the API. There is none for the token: lists of processes show arguments. */
export interface ApiOptions {
  /** What the client takes as `baseUrl`. */
  readonly apiUrl?: string | undefined;
}

const WRONG_URL =
  "Correct --api-url or MINDBRIDGE_API_URL: it is the host of the API, such as https://acme.mindbridge.ai, or the address of a mock on this machine, such as http://127.0.0.1:4010. Plain http is for this machine alone, and the address has no user, password or query.";
const WRONG_TOKEN = "Correct MINDBRIDGE_API_TOKEN: it is the token alone, without Bearer or spaces.";

/** Shorter tokens are for mocks, and may occur in any word. */
const SECRET_LENGTH = 8;

/**
 * The client that the flags and the environment describe. A flag goes over its variable.
 *
 * @param needsToken Whether what it is for takes the token.
 * @throws {UsageError} if they do not name an API, or there is no possible token although one is needed.
 */
export async function createClient(
  { apiUrl }: ApiOptions,
  { env }: Context,
  { needsToken = true } = {},
): Promise<MindBridge> {
  const baseUrl = apiUrl ?? env.MINDBRIDGE_API_URL;
  const token = env.MINDBRIDGE_API_TOKEN || undefined;
  if (!baseUrl) throw new UsageError("The API to call is not known: give --api-url, or set MINDBRIDGE_API_URL.");
  if (needsToken && !token)
    throw new UsageError("There is no token: set MINDBRIDGE_API_TOKEN (for a mock, to any value).");
  const { ConfigurationError, MindBridge } = await import("@mindbridge-sdk/client");
  try {
    return new MindBridge({ baseUrl, token } as MindBridgeOptions);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // The message quotes neither: the token is secret, and the address may hold a secret.
    throw new UsageError(error.message.includes("token") ? WRONG_TOKEN : WRONG_URL, { cause: error });
  }
}

/** Takes the token of the environment out of a text. */
export function redactorOf({ MINDBRIDGE_API_TOKEN: token = "" }: NodeJS.ProcessEnv): Redact {
  return redactor(token.length < SECRET_LENGTH ? [] : [token]);
}
