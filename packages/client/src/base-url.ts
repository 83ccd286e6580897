import { SERVER_URL, TENANT_PATTERN } from "@mindbridge-sdk/contract";

/** A host, with or without `https://` and `/api`: no user info, query or fragment, nor what a parser silently changes. */
const HOST = /^(https:\/\/)?([^\s/?#@\\]*[^\s/?#@\\:])(\/api)?\/?$/;
/** Plain HTTP to this machine, with any path. */
const LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1])(:\d+)?(\/[^\s?#@\\]*)?$/;

/**
 * The address that paths are appended to, without a slash at its end. What it returns, it takes again unchanged.
 *
 * @returns `undefined` where `baseUrl` is none that can be used.
 */
export const resolveBaseUrl = (baseUrl: string | null): string | undefined => {
  const text = baseUrl ?? "";
  const url = LOOPBACK.test(text) ? text.replace(/\/$/, "") : `https://${HOST.exec(text)?.[2] ?? ":"}/api`;
  return URL.canParse(url) ? url : undefined;
};

/** The address of a tenant; `undefined` for what is no DNS label in lower case. */
export const tenantUrl = (tenant: string | null): string | undefined =>
  new RegExp(TENANT_PATTERN).test(tenant ?? "") ? SERVER_URL.replace("{tenant}", String(tenant)) : undefined;
