import { SERVER_URL, TENANT_PATTERN } from "@mindbridge-sdk/contract";

/**
 * Either plain HTTP to this machine, with any path, or a host, with or without `https://` and `/api`: no user info, query
 * or fragment.
 */
const BASE_URL =
  /^((http:\/\/(localhost|127(\.\d+){3}|\[::1])(:\d+)?(\/[^\s?#@\\]*?)?)|(https:\/\/)?([^\s/?#@\\]*[^\s/?#@\\:])(\/api)?)\/?$/;

/**
 * The address that paths are appended to, without a slash at its end. As a `baseUrl`, what it returns stays as it is.
 *
 * @returns `undefined` where there is none to be had of what was given, or both were.
 */
export function resolveBaseUrl(tenant: string | undefined, baseUrl: string | undefined): string | undefined {
  if (tenant != null) {
    return baseUrl == null && new RegExp(TENANT_PATTERN).test(tenant)
      ? SERVER_URL.replace("{tenant}", tenant)
      : undefined;
  }
  const match = BASE_URL.exec(baseUrl ?? "") ?? [];
  const url = match[2] ?? `https://${match[8]}/api`;
  return match[1] && URL.canParse(url) ? url : undefined;
}
