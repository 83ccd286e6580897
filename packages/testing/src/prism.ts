import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** A running Prism: a process of its own. */
export interface PrismServer extends AsyncDisposable {
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
      "The mock server needs Prism, which is not installed beside @mindbridge-sdk/testing. Install it: npm install --save-dev @stoplight/prism-cli@5",
      options,
    );
  }
}

interface Start {
  /** Its name in errors, such as `mock server of openapi.yaml`. */
  readonly name: string;
  /** Prism's command and its particular arguments. */
  readonly args: readonly string[];
  /** By default a free one. */
  readonly port?: number | undefined;
  /** Whether Prism writes no log: the log of some refusals ends its process. */
  readonly silent?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How the end of a process that was closed is described. */
const KILLED = "was ended by SIGKILL";

/**
 * Starts Prism's command line, with `--errors`, on a port of this machine, and resolves once it listens.
 *
 * @throws {MissingPrismError} if it is not installed.
 * @throws {Error} if Prism ends before it listens: the message holds its log.
 * @throws The reason of `signal`, if it is aborted before Prism listens.
 */
export async function startPrism({ name, args, port = 0, silent, signal }: Start): Promise<PrismServer> {
  signal?.throwIfAborted();
  const log = new Log();
  const prism = forkPrism([...args, `--port=${port}`, ...(silent ? ["--verboseLevel=silent"] : [])]);
  for (const stream of [prism.stdout, prism.stderr]) if (stream) log.collect(stream);
  let closing = false;
  const exited = whenExited(prism).then((how) => {
    signal?.removeEventListener("abort", end);
    // A process that had ended by itself was not closed.
    return closing && how === KILLED ? undefined : new Error(`The ${name} ${how}. Its log:\n${log.text}`);
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
    throw url ?? new Error(`The ${name} was closed before it listened.`);
  }
  return { url, exited, close, log: () => log.text, [Symbol.asyncDispose]: close };
}

// This runs in Prism's process before Prism. The channel to the parent closes when the parent ends in any way (also by SIGKILL,
// and on Windows), so no server is left behind. It is inline because a file has another name once it is compiled.
//
// It also tells the parent the port, which Prism itself writes only to its log.
const PRELOAD = `
  import { Server } from "node:http";
  process.once("disconnect", () => process.exit());
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    this.once("listening", () => process.send(this.address().port));
    return listen.apply(this, args);
  };
`;

function forkPrism(args: readonly string[]): ChildProcess {
  const command = findPrism();
  // One process, also with NODE_ENV=production: a second one outlives the first.
  return fork(command, [...args, "--host=127.0.0.1", "--errors", "--multiprocess=false"], {
    execArgv: ["--import", `data:text/javascript,${encodeURIComponent(PRELOAD)}`],
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

/** A longer log loses its beginning, so that a server that answers for hours does not fill the memory. */
const MAX_LENGTH = 200_000;

/** Collects the text of several streams in the order in which it comes, without colours. */
class Log {
  #text = "";

  /** Collects a stream. */
  collect(stream: Readable): void {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      this.#text = (this.#text + stripVTControlCharacters(chunk)).slice(-MAX_LENGTH);
    });
  }

  get text(): string {
    return this.#text;
  }
}
