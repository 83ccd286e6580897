import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { UsageError } from "./errors.ts";

/**
 * Reads an address to send to. `localhost:3000` means `http://localhost:3000`: on this machine, the scheme may be left out.
 *
 * @param name what to call it in an error, such as `--to`.
 * @throws {UsageError} if it is not an HTTP address, or leads to another machine and that is not allowed.
 */
export function readTarget(text: string, name: string, { allowRemote }: { readonly allowRemote: boolean }): URL {
  const url = withoutScheme(text) ?? URL.parse(text);
  if (!url) throw new UsageError(`${name} takes a URL, such as http://127.0.0.1:3000/webhooks.`);
  if (!/^https?:$/.test(url.protocol))
    throw new UsageError(`${name} takes a URL of http or https, not ${url.protocol}`);
  if (allowRemote || isLoopback(url.hostname)) return url;
  if (/^(?:0\.0\.0\.0|\[::\])$/.test(url.hostname)) {
    throw new UsageError(`${name} leads to ${url.hostname}, which a server listens on: to send to it, give 127.0.0.1.`);
  }
  throw new UsageError(
    `${name} leads to ${url.hostname}, which may be another machine. If it is yours to test, give --allow-remote.`,
  );
}

/** An address of this machine without a scheme, such as `localhost:3000`. A URL parser takes `localhost:` for the scheme. */
function withoutScheme(text: string): URL | undefined {
  if (text.includes("://")) return undefined;
  const url = URL.parse(`http://${text}`);
  return url && isLoopback(url.hostname) ? url : undefined;
}

/** An address without the user and the password that it may hold. */
export function shownUrl({ href }: URL): string {
  const url = new URL(href);
  url.username = "";
  url.password = "";
  return url.href;
}

/** The name in a `Host` header, without the port and as a URL has it; empty if there is none. */
export function hostnameOf(host = ""): string {
  return URL.parse(`http://${host}`)?.hostname ?? "";
}

/** Whether the name of a host in a URL means this machine and cannot mean another (RFC 6761, RFC 1122, RFC 4291). */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(hostname);
}

/**
 * What to do about an address that gave no answer.
 *
 * @param reason The code of the error, such as `ECONNREFUSED`, or another reason why there was no answer.
 * @param timedOut Whether the time for an answer was over.
 */
export function adviceOnSilence(url: URL, reason: string, timedOut: boolean): string {
  const shown = shownUrl(url);
  if (timedOut) return "No answer came in time: see where your endpoint waits, or give it more time with --timeout.";
  // The server answered with something other than TLS.
  if (url.protocol === "https:" && /^(?:EPROTO$|ERR_SSL_)/.test(reason)) {
    return `Something answers there without TLS: try --to ${shown.replace(/^https/, "http")}`;
  }
  if (/^(?:ECONNRESET|EPIPE|HPE_\w+)$/.test(reason)) {
    return "The connection ended without an answer: look for the error in the log of your endpoint, or of a proxy in between.";
  }
  return `Nothing answers at ${shown}: start your endpoint, or correct --to.`;
}

/**
 * Lets a server listen, for this machine alone.
 *
 * @param flag The flag that gave the port.
 * @returns Its address, such as `http://127.0.0.1:4020`.
 * @throws {Error} if something else listens on the port.
 */
export async function listenOnLoopback(server: Server, port: number, flag: string): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? portInUse(port, flag) : error;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The error of a port that something else listens on. */
export function portInUse(port: number, flag = "--port"): Error {
  const message = `Port ${port} is in use (EADDRINUSE): end what listens there, or give another with ${flag} (0 for a free one).`;
  return Object.assign(new Error(message), { code: "EADDRINUSE" });
}
