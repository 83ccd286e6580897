import type { MindBridge, MindBridgeOptions } from "@mindbridge-sdk/client";
import { type Redact, redactor } from "@mindbridge-sdk/client/redact";
import type { Context } from "./action.ts";
import { UsageError } from "./errors.ts";

/** The flags of every command that calls the API. There is none for the token: lists of processes show arguments. */
export interface ApiOptions {
  /** What the client takes as `baseUrl`. */
  readonly apiUrl?: string | undefined;
  /** The name of a profile. */
  readonly profile?: string | undefined;
}

const WRONG_URL =
  "It is the host of the API, such as https://acme.mindbridge.ai, or the address of a mock on this machine, such as http://127.0.0.1:4010. Plain http is for this machine alone, and the address has no user, password or query.";
const WRONG_TOKEN = "It is the token alone, without Bearer or spaces.";

/** Shorter tokens are for mocks, and may occur in any word. */
const SECRET_LENGTH = 8;

/** An address or a token, and where it is from. */
interface Found {
  readonly value: string;
  readonly from: string;
}

/**
 * The client that the flags, the environment and the profiles describe. A flag goes before a variable, and a variable before a profile,
 * unless a flag names the profile.
 *
 * @param needsToken Whether what it is for takes the token.
 * @throws {UsageError} if they do not name an API, or there is no possible token although one is needed.
 */
export async function createClient(
  options: ApiOptions,
  context: Pick<Context, "env" | "signal" | "access">,
  { needsToken = true } = {},
): Promise<MindBridge> {
  const { env } = context;
  let url: Found | undefined = options.apiUrl === undefined ? undefined : { value: options.apiUrl, from: "--api-url" };
  let token: Found | undefined;
  if (options.profile === undefined) {
    url ??= found(env.MINDBRIDGE_API_URL, "MINDBRIDGE_API_URL");
    token = found(env.MINDBRIDGE_API_TOKEN, "MINDBRIDGE_API_TOKEN");
  }
  if (!url || (needsToken && !token)) {
    const profiles = await import("./profiles.ts");
    const profile = await profiles.chooseProfile(options.profile, env);
    const from = `the profile ${profile?.name}`;
    url ??= found(profile?.apiUrl, from);
    if (profile && url && needsToken && !token) {
      if (!isSameServer(url.value, profile.apiUrl)) {
        throw new UsageError(
          `The token of ${from} is sent to ${profile.apiUrl} alone, and ${url.from} names another address: leave that out, or set MINDBRIDGE_API_TOKEN${options.profile === undefined ? "" : " and leave --profile out"}.`,
        );
      }
      token = found(await profiles.tokenOf(profile, context), from);
    }
  }
  if (!url) {
    const { listProfiles } = await import("./profiles.ts");
    const names = (await listProfiles(env)).join(", ");
    const known = names === "" ? "" : ` There is no profile default, but ${names}: name one with --profile.`;
    throw new UsageError(
      `The API to call is not known: mindbridge login keeps its address and a token. Or give --api-url, or set MINDBRIDGE_API_URL.${known}`,
    );
  }
  if (needsToken && !token) {
    throw new UsageError(
      "There is no token: set MINDBRIDGE_API_TOKEN (for a mock, to any value), or keep one with mindbridge login.",
    );
  }
  return clientOf(url, token, context);
}

/** The client of an address and a token. Errors of the command name where they are from. */
export async function clientOf(
  url: Found,
  token: Found | undefined,
  { access }: Pick<Context, "access">,
): Promise<MindBridge> {
  Object.assign(access, { urlFrom: url.from, ...(token && { token: token.value, tokenFrom: token.from }) });
  const { ConfigurationError, MindBridge } = await import("@mindbridge-sdk/client");
  try {
    return new MindBridge({ baseUrl: url.value, token: token?.value } as MindBridgeOptions);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // The message quotes neither: the token is secret, and the address may hold a secret.
    const isToken = error.message.includes("token");
    const message = isToken
      ? `Correct ${token?.from ?? "the token"}. ${WRONG_TOKEN}`
      : `Correct ${url.from}. ${WRONG_URL}`;
    throw new UsageError(message, { cause: error });
  }
}

/** An empty variable means none. */
function found(value: string | undefined, from: string): Found | undefined {
  return value ? { value, from } : undefined;
}

/** Whether two addresses, with or without a scheme and a path, lead to one server. */
function isSameServer(one: string, other: string): boolean {
  const originOf = (text: string) => URL.parse(text.includes("://") ? text : `https://${text}`)?.origin;
  return originOf(one) !== undefined && originOf(one) === originOf(other);
}

/** Takes the tokens that a command knows out of a text. */
export function redactorOf({ env, access }: Pick<Context, "env" | "access">): Redact {
  const tokens = [env.MINDBRIDGE_API_TOKEN, access.token].filter((token = "") => token.length >= SECRET_LENGTH);
  return redactor(tokens as string[]);
}
