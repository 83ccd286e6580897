import { resolveBaseUrl } from "./base-url.ts";
import { type Call, misuse } from "./call.ts";
import type { RequestOptions } from "./options.ts";
import { checkToken } from "./token.ts";

const DEFAULTS = { timeout: 30_000, maxRetries: 2, maxRetryWait: 60_000 };

/**
 * A call that has not begun, its options checked and laid over those of the client. The client itself is made by such a
 * call, over the defaults.
 *
 * @param path What is appended to the base URL.
 * @throws ConfigurationError
 */
export function newCall(options: RequestOptions, operation: string, method = "", path = "", client?: Call): Call {
  const call = { ...(client ?? DEFAULTS) } as Record<string, unknown> & Call;
  for (const [name, value] of Object.entries(options)) if (value !== undefined) call[name] = value;
  Object.assign(call, { operation, method, url: "", attempts: 0, outcome: "not-sent", tokens: [] });
  const fail = (problem: string) => misuse(call, problem);
  const { tenant, baseUrl } = options;
  call.baseUrl = resolveBaseUrl(tenant, baseUrl, client?.baseUrl, fail);
  call.url = path && call.baseUrl + path;
  for (const name of Object.keys(DEFAULTS)) {
    // Neither NaN, nor negative, nor anything but a number.
    if (Math.abs(call[name] as number) !== call[name]) fail(`${name} must be a number, 0 or more`);
  }
  if (typeof call.token !== "function") call.tokens.push(checkToken(call.token, fail));
  return call;
}
