import { SERVER_URL, TENANT_PATTERN } from "@mindbridge-sdk/contract";

/**
 * The address that paths are appended to, without a slash at its end.
 *
 * @param fallback What counts where neither is given.
 * @param fail Called with what to do. The text never quotes the input, which may hold credentials.
 */
export function resolveBaseUrl(
  tenant: unknown,
  baseUrl: unknown,
  fallback: string | undefined,
  fail: (problem: string) => never,
): string {
  if (tenant === undefined && baseUrl === undefined && fallback) return fallback;
  if (typeof tenant === "string" && baseUrl === undefined && new RegExp(TENANT_PATTERN).test(tenant)) {
    return SERVER_URL.replace("{tenant}", tenant);
  }
  // No user info, query or fragment, and nothing that the parser would silently change.
  if (tenant === undefined && typeof baseUrl === "string" && /^[^/?#@\\\s][^?#@\\\s]*$/.test(baseUrl)) {
    const text = baseUrl.includes("://") ? baseUrl : `https://${baseUrl}`;
    if (URL.canParse(text)) {
      const { protocol, hostname, origin, pathname } = new URL(text);
      const path = pathname.replace(/\/$/, "");
      if (protocol === "https:" && /^(\/api)?$/.test(path)) return `${origin}/api`;
      if (protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1])$/.test(hostname)) return origin + path;
    }
  }
  return fail(
    "pass either tenant (acme for https://acme.mindbridge.ai) or baseUrl (https://host/api, or http: on localhost)",
  );
}
