import { resolveBaseUrl, tenantUrl } from "./base-url.ts";
import { type Call, misuse } from "./call.ts";
import type { RequestOptions } from "./options.ts";
import { noteToken } from "./token.ts";

const DEFAULTS = { timeout: 30_000, maxRetries: 2, maxRetryWait: 60_000, baseUrl: "" };

/**
 * A call that has not begun, its options checked and laid over those of the client. The client itself is made by such a
 * call, over the defaults.
 *
 * @param path What is appended to the base URL.
 * @throws ConfigurationError
 */
export function newCall(
  options: RequestOptions,
  operation: string,
  method = "",
  path = "",
  client: typeof DEFAULTS = DEFAULTS,
): Call {
  const call = { ...client } as unknown as Call & Record<string, unknown>;
  for (const [name, value] of Object.entries(options)) if (value !== undefined) call[name] = value;
  Object.assign(call, { operation, method, url: "", attempts: 0, outcome: "not-sent", tokens: [] });
  const { tenant, baseUrl } = options;
  call.baseUrl =
    (tenant === undefined ? resolveBaseUrl(call.baseUrl) : baseUrl === undefined ? tenantUrl(tenant) : undefined) ??
    misuse(
      call,
      "pass either tenant (acme for https://acme.mindbridge.ai) or baseUrl (https://host/api, http: for localhost)",
    );
  if (method) call.url = call.baseUrl + path;
  for (const name of ["timeout", "maxRetries", "maxRetryWait"] as const) {
    // Neither NaN, nor negative, nor anything but a number.
    if (Math.abs(call[name]) !== call[name]) misuse(call, `${name} must be a number, 0 or more`);
  }
  if (typeof call.token !== "function") noteToken(call, call.token);
  return call;
}
