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
  if (!allowRemote && !isLoopback(url)) {
    throw new UsageError(
      `${name} leads to ${url.hostname}, which is another machine. If it is yours to test, give --allow-remote.`,
    );
  }
  return url;
}

/** Whether a URL names this machine by a name or address that cannot be another's (RFC 6761, RFC 1122, RFC 4291). */
function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
