/** Serves the API's document with Prism, which is installed separately. For Node only. */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { type PrismServer, startPrism } from "./prism.ts";

export { MissingPrismError, type PrismServer } from "./prism.ts";

/** How to start a mock server. */
export interface MockServerOptions {
  /**
   * The path of the OpenAPI document to serve, relative to the current folder or absolute. By default it is the document of the
   * `@mindbridge-sdk/spec` that is installed with this package. Do not change the file meanwhile: Prism would start again on
   * another port.
   */
  document?: string | undefined;
  /** The port to listen on. By default, and with 0, a free one. */
  port?: number | undefined;
  /** Makes the responses that Prism makes up (`Prefer: dynamic=true`) the same in each run. */
  seed?: string | undefined;
  /**
   * Whether Prism writes no log. Set this for thousands of refusals with many findings each: Prism 5.16 reads its own log, and
   * ends if it cannot.
   */
  silent?: boolean | undefined;
  /** Ends the server when it is aborted. If the server is still starting, the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** A running mock server: a Prism process of its own. */
export type MockServer = PrismServer;

/**
 * Starts Prism (its command line, with `--errors`) on a port of this machine, and resolves once it listens.
 * It answers with the examples of the document, and refuses what the document does not allow. Give its `url` to the client
 * as `baseUrl`.
 *
 * Prism 5.16 has two limits. It never answers a body that is not JSON: set a time-out. A request without a token ends it if the
 * body has an unknown property with a non-ASCII name: see `exited`.
 *
 * The process ends with `close()`, with the `signal`, and with the process that started it, in whatever way that ends.
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
