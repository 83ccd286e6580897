import { MindBridge } from "@mindbridge-sdk/client";

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a live run needs to know of a tenant. */
export interface LiveSettings {
  /** What paths are appended to, without a slash at its end. */
  readonly baseUrl: string;
  readonly token: string;
  /** Whether operations that create something may be called. */
  readonly allowWrites: boolean;
  /** The value to use for a parameter or a property, by its name in the document. */
  readonly given: (name: string) => string | undefined;
}

/** The variable that gives the value of a parameter: `webhookId` is `MINDBRIDGE_TEST_WEBHOOK_ID`. */
export function variableOf(name: string): string {
  const words = name.replaceAll(/([a-z\d])(?=[A-Z])/g, "$1_").replaceAll(/\W+/g, "_");
  return `MINDBRIDGE_TEST_${words.toUpperCase()}`;
}

/**
 * Reads the settings of a live run.
 *
 * @returns The settings, or the names of the required variables that are missing or empty.
 * @throws {ConfigurationError} of the client, if the URL or the token cannot work.
 */
export async function readSettings(env: Environment): Promise<LiveSettings | { readonly missing: readonly string[] }> {
  const { MINDBRIDGE_API_URL: url = "", MINDBRIDGE_API_TOKEN: token = "" } = env;
  const required = { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: token };
  const missing = Object.entries(required).flatMap(([name, value]) => (value === "" ? [name] : []));
  if (missing.length > 0) return { missing };
  return {
    baseUrl: await resolveBaseUrl(url, token),
    token,
    allowWrites: env.MINDBRIDGE_ALLOW_WRITES === "1",
    given: (name) => env[variableOf(name)] || undefined,
  };
}

/** The base URL that the client makes of the URL: it is read off a call, so that only the client interprets URLs. */
async function resolveBaseUrl(url: string, token: string): Promise<string> {
  const path = "/v1/webhooks/{webhookId}";
  let called = "";
  const client = new MindBridge({
    baseUrl: url,
    token,
    maxRetries: 0,
    async fetch(address) {
      called = address;
      return Response.json({});
    },
  });
  await client.api.GET(path, { params: { path: { webhookId: "0" } } });
  return called.slice(0, -path.replace("{webhookId}", "0").length);
}
