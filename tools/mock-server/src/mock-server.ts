import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { Log } from "./log.ts";

export interface MockServerOptions {
  /**
   * The path of the OpenAPI document to serve, relative to the current folder or absolute. Leave the file alone while
   * it is served: Prism starts again on another port when it changes.
   */
  document: string;
  /** Makes the responses that Prism makes up (`Prefer: dynamic=true`) the same in each run. */
  seed?: string | undefined;
  /** Ends the server when it is aborted; while the server is starting, the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** A running mock server: a Prism process of its own. */
export interface MockServer extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:49152`. Paths are those of the document, without its base path. */
  readonly url: string;
  /** What Prism has written so far, without colours (the last 200,000 characters). */
  log(): string;
  /**
   * Resolves when the process has ended: to `undefined` after `close()` or an abort, else to an error that holds
   * Prism's log. It never rejects, so it can be raced against the work that needs the server.
   */
  readonly exited: Promise<Error | undefined>;
  /** Ends the process, and resolves when it has ended. May be called more than once. */
  close(): Promise<void>;
}

/** How a process ends that is closed. */
const KILLED = "was ended by SIGKILL";
const LISTENING = /Prism is listening on (http:\/\/\S+)/;

/**
 * Starts Prism (its command line, with `--errors`) on a free port of this machine, and resolves once it listens.
 *
 * Two limits of Prism 5.16 to know: it never answers a body that is no JSON (set a time-out), and a request without a
 * token whose body has an unknown property with a non-ASCII name ends it (see `exited`).
 *
 * The process ends with `close()`, with the `signal`, and with the process that started it, whatever ends that.
 *
 * @throws {Error} if Prism ends before it listens (the document is missing or cannot be read): the message holds its log.
 * @throws The reason of `signal`, if it is aborted before Prism listens.
 */
export async function startMockServer({ document, seed, signal }: MockServerOptions): Promise<MockServer> {
  signal?.throwIfAborted();
  const log = new Log();
  const prism = forkPrism(document, seed);
  let closing = false;
  const exited = whenExited(prism).then((how) => {
    signal?.removeEventListener("abort", end);
    // One that had ended by itself before it was closed is none that was closed.
    return closing && how === KILLED
      ? undefined
      : new Error(`The mock server of ${document} ${how}. Its log:\n${log.text}`);
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

  const url = await Promise.race([whenListening(prism, log), exited]);
  if (typeof url !== "string") {
    signal?.throwIfAborted();
    throw url ?? new Error(`The mock server of ${document} was closed before it listened.`);
  }
  return { url, exited, close, log: () => log.text, [Symbol.asyncDispose]: close };
}

// Runs in Prism's process before Prism does. The channel to the parent closes when the parent ends, however it ends
// (SIGKILL included, and on Windows as well), so that no mock server is left behind. Inline, since a file would have
// another name once compiled.
const EXIT_WITH_PARENT = "process.once('disconnect', () => process.exit());";

function forkPrism(document: string, seed: string | undefined): ChildProcess {
  const command = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  // One process, also with NODE_ENV=production: a second one would outlive the first.
  const args = ["mock", resolve(document), "--port=0", "--host=127.0.0.1", "--errors", "--multiprocess=false"];
  return fork(command, seed === undefined ? args : [...args, `--seed=${seed}`], {
    execArgv: ["--import", `data:text/javascript,${encodeURIComponent(EXIT_WITH_PARENT)}`],
    env: { ...process.env, SCARF_ANALYTICS: "false", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

function whenListening(prism: ChildProcess, log: Log): Promise<string> {
  return new Promise((listening) => {
    const look = (text: string): void => {
      const url = LISTENING.exec(text)?.[1];
      if (url !== undefined) listening(url);
    };
    if (prism.stdout !== null) log.collect(prism.stdout, look);
    if (prism.stderr !== null) log.collect(prism.stderr, look);
  });
}

/** Says how a process ended, once it has and all that it wrote has been read. */
async function whenExited(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "close");
    return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  } catch (error) {
    return `could not be started (${String(error)})`;
  }
}
