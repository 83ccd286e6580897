import { createRequire } from "node:module";
import { resolve } from "node:path";
import { type PrismServer, startPrism } from "./prism.ts";

/** How to start a mock server. */
export interface MockServerOptions {
  /**
   * The path of the OpenAPI document to serve, relative to the current folder or absolute. By default it is that of the
   * `@mindbridge-sdk/spec` that is installed with this package. Leave the file alone while it is served: Prism starts again
   * on another port when it changes.
   */
  document?: string | undefined;
  /** The port to listen on. By default, and with 0, a free one. */
  port?: number | undefined;
  /** Makes the responses that Prism makes up (`Prefer: dynamic=true`) the same in each run. */
  seed?: string | undefined;
  /**
   * Whether Prism writes no log. Thousands of refusals with many findings each want this: Prism 5.16 reads its own log,
   * and what it cannot read of that ends it.
   */
  silent?: boolean | undefined;
  /** Ends the server when it is aborted; while the server is starting, the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** A running mock server: a Prism process of its own. */
export type MockServer = PrismServer;

/**
 * Starts Prism (its command line, with `--errors`) on a port of this machine, and resolves once it listens.
 * It answers with the examples of the document, and refuses what the document does not allow. Give its `url` to the client
 * as `baseUrl`.
 *
 * Two limits of Prism 5.16 to know: it never answers a body that is no JSON (set a time-out), and a request without a
 * token whose body has an unknown property with a non-ASCII name ends it (see `exited`).
 *
 * The process ends with `close()`, with the `signal`, and with the process that started it, whatever ends that.
 *
 * @throws {MissingPrismError} if Prism is not installed.
 * @throws {Error} if Prism ends before it listens (the document cannot be read, the port is taken): the message holds its log.
 * @throws The reason of `signal`, if it is aborted before Prism listens.
 */
export async function startMockServer({
  document = createRequire(import.meta.url).resolve("@mindbridge-sdk/spec/openapi.yaml"),
  port,
  seed,
  silent,
  signal,
}: MockServerOptions = {}): Promise<MockServer> {
  const args = ["mock", resolve(document), ...(seed === undefined ? [] : [`--seed=${seed}`])];
  return startPrism({ name: `mock server of ${document}`, args, port, silent, signal });
}
