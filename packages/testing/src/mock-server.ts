/// <reference lib="esnext.disposable" preserve="true" />
/** Serves the API's document with Prism, which is installed separately. For Node only. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { extname, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type AnsweredRequest, reasonIn } from "./answered-request.ts";

export type { AnsweredRequest } from "./answered-request.ts";

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
  /** Is told of each request once it is answered, such as to log it. */
  onAnswer?: ((request: AnsweredRequest) => void) | undefined;
  /** Ends the server when it is aborted. If the server is still starting, the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** A running mock server: Prism in a process of its own. */
export interface MockServer extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:49152`. Paths are those of the document, without its base path. */
  readonly url: string;
  /** The log so far, without colours (the last 200,000 characters). */
  log(): string;
  /**
   * Resolves when the process has ended: to `undefined` after `close()` or an abort, otherwise to an error that holds Prism's
   * log. It never rejects, so you can race it against the work that needs the server.
   */
  readonly exited: Promise<Error | undefined>;
  /** Ends the process, and resolves when it has ended. May be called more than once. */
  close(): Promise<void>;
}

/** Prism, which the mock server runs, is not installed. The message names the command that installs it. */
export class MissingPrismError extends Error {
  static {
    this.prototype.name = "MissingPrismError";
  }

  readonly code = "missing_prism";

  constructor(options: { readonly cause: unknown }) {
    super(
      "The mock server needs Prism, which is not installed beside @mindbridge-sdk/testing. Install it: `npm install --save-dev @stoplight/prism-cli@5`",
      options,
    );
  }
}

/** A longer log loses its beginning, so that a server that answers for hours does not fill the memory. In characters. */
const LONGEST_LOG = 200_000;

/** How the end of a process that was closed is described. */
const KILLED = "was ended by SIGKILL";

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
  port = 0,
  seed,
  silent = false,
  onAnswer,
  signal,
}: MockServerOptions = {}): Promise<MockServer> {
  signal?.throwIfAborted();
  const prism = forkPrism(
    [
      "mock",
      resolve(document),
      `--port=${port}`,
      ...(seed === undefined ? [] : [`--seed=${seed}`]),
      ...(silent ? ["--verboseLevel=silent"] : []),
    ],
    onAnswer ? ["preload", "answers"] : ["preload"],
  );
  prism.on("message", (message) => {
    if (typeof message !== "object") return;
    const { body, ...request } = message as Omit<AnsweredRequest, "reason"> & { body: string };
    onAnswer?.({ ...request, reason: reasonIn(body) });
  });
  let log = "";
  for (const stream of [prism.stdout, prism.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      log = (log + stripVTControlCharacters(chunk)).slice(-LONGEST_LOG);
    });
  }
  let closing = false;
  const exited = whenExited(prism).then((how) => {
    signal?.removeEventListener("abort", end);
    // A process that had ended by itself was not closed.
    const isClosed = closing && how === KILLED;
    return isClosed ? undefined : new Error(`The mock server of ${document} ${how}. Its log:\n${log}`);
  });
  function end(): void {
    closing = true;
    prism.kill("SIGKILL");
  }
  async function close(): Promise<void> {
    end();
    await exited;
  }
  signal?.addEventListener("abort", end);

  const url = await Promise.race([whenListening(prism), exited]);
  if (typeof url !== "string") {
    signal?.throwIfAborted();
    throw url ?? new Error(`The mock server of ${document} was closed before it listened.`);
  }
  return { url, exited, close, log: () => log, [Symbol.asyncDispose]: close };
}

function forkPrism(args: readonly string[], preloaded: readonly string[]): ChildProcess {
  const command = findPrism();
  // In this repository Node runs the source.
  const extension = extname(import.meta.url);
  // One process, also with NODE_ENV=production: a second one outlives the first.
  return fork(command, [...args, "--host=127.0.0.1", "--errors", "--multiprocess=false"], {
    execArgv: preloaded.flatMap((name) => ["--import", new URL(`./prism/${name}${extension}`, import.meta.url).href]),
    env: { ...process.env, SCARF_ANALYTICS: "false", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

function findPrism(): string {
  try {
    return createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  } catch (cause) {
    throw new MissingPrismError({ cause });
  }
}

async function whenListening(prism: ChildProcess): Promise<string> {
  const [port]: unknown[] = await once(prism, "message");
  return `http://127.0.0.1:${String(port)}`;
}

/** Says how a process ended, once it has ended and its output has been read. */
async function whenExited(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "close");
    return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  } catch (error) {
    return `could not be started (${String(error)})`;
  }
}
