import { UsageError } from "./usage-error.ts";

/**
 * Reads an address that something is sent to.
 *
 * @param name what to call it where it is wrong, such as `--to`.
 * @throws {UsageError} if it is no address of HTTP, or leads to another machine and that is not allowed.
 */
export function readTarget(text: string, name: string, { allowRemote }: { readonly allowRemote: boolean }): URL {
  if (!URL.canParse(text)) throw new UsageError(`${name} takes a URL, such as http://127.0.0.1:3000/webhooks.`);
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol))
    throw new UsageError(`${name} takes a URL of http or https, not ${url.protocol}`);
  if (allowRemote || isLoopback(url)) return url;
  if (/^(?:0\.0\.0\.0|\[::\])$/.test(url.hostname)) {
    throw new UsageError(`${name} leads to ${url.hostname}, which a server listens on: to send to it, give 127.0.0.1.`);
  }
  throw new UsageError(
    `${name} leads to ${url.hostname}, which may be another machine. If it is yours to test, give --allow-remote.`,
  );
}

/** An address as it may be shown: it can hold a name and a password. */
export function shownUrl({ href }: URL): string {
  const url = new URL(href);
  url.username = "";
  url.password = "";
  return url.href;
}

/** Whether a URL names this machine by a name or address that cannot be another's (RFC 6761, RFC 1122, RFC 4291). */
function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(hostname);
}
