import { SERVER_URL, SERVER_VARIABLES } from "@mindbridge-sdk/contract";

/** The path of the API on its server: `/api`. */
const BASE_PATH = SERVER_URL.replace(/^https?:\/\/[^/]*/, "");

/**
 * Either plain HTTP to this machine, with any path, or a host, with or without `https://` and a path: no user info, query or
 * fragment.
 */
const BASE_URL =
  /^(?:(?<loopback>http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1])(?::\d+)?(?:\/[^\s?#@\\]*?)?)|(?:https:\/\/)?(?<host>[^\s/?#@\\]*[^\s/?#@\\:])(?<path>\/[^\s?#@\\]+?)?)\/?$/;

/** A document may have another address, without a tenant. */
const { tenant: variable }: { tenant?: { pattern: string } } = SERVER_VARIABLES;

/**
 * The address that paths are appended to, without a slash at its end. As a `baseUrl`, it stays as it is.
 *
 * @returns `undefined` if neither or both are given, or the one that is given cannot work.
 */
export function resolveBaseUrl(tenant: string | undefined, baseUrl: string | undefined): string | undefined {
  if (tenant != null) {
    const isTenant = baseUrl == null && variable && new RegExp(variable.pattern).test(tenant);
    return isTenant ? SERVER_URL.replace("{tenant}", tenant) : undefined;
  }
  const { loopback, host, path = BASE_PATH } = BASE_URL.exec(baseUrl ?? "")?.groups ?? {};
  const url = loopback ?? (host && path === BASE_PATH && `https://${host}${path}`);
  return url && URL.canParse(url) ? url : undefined;
}

/** Why {@link resolveBaseUrl} gives nothing, in words that hold nothing of either: an address may have a password. */
export function whyUnresolved(tenant: string | undefined, baseUrl: string | undefined): string {
  if (tenant != null && baseUrl != null) return "tenant and baseUrl are both given";
  if (tenant) return "tenant is not a bare name in lower case";
  if (!baseUrl) return "tenant and baseUrl are empty: a variable is probably unset";
  return /^http:/i.test(baseUrl) ? "baseUrl is plain http to another machine" : "baseUrl cannot work";
}
