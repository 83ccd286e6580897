import { resolve } from "node:path";
// Not from the package: it has no need of a proxy, and so does not offer one.
import { type PrismServer, startPrism } from "../../../../packages/testing/src/prism.ts";

export interface ProxyServerOptions {
  /** The path of the OpenAPI document to hold requests and responses against, relative to the current folder or absolute. */
  document: string;
  /** Where requests are sent on to. Its path comes before theirs. */
  upstream: string;
  /** Ends the server when it is aborted; while the server is starting, the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Starts Prism as a proxy (`prism proxy --errors`) on a free port of this machine, and resolves once it listens. A
 * request that breaks the document is refused and not sent on; a response that breaks it is replaced by a 500 whose
 * `validation` lists the breaches.
 *
 * Limits of Prism 5.16 to know: it follows redirects; it answers a 501 of the upstream with a response of its own making;
 * it replaces a response of any status whose media type the document does not list; and a `Content-Type` that cannot be
 * parsed ends it (see `exited`).
 *
 * The process ends with `close()`, with the `signal`, and with the process that started it, whatever ends that.
 *
 * @throws {Error} if Prism ends before it listens (the document is missing or cannot be read): the message holds its log.
 * @throws The reason of `signal`, if it is aborted before Prism listens.
 */
export function startProxyServer({ document, upstream, signal }: ProxyServerOptions): Promise<PrismServer> {
  return startPrism({ name: `proxy of ${document}`, args: ["proxy", resolve(document), upstream], signal });
}
