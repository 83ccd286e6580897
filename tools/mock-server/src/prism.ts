import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { Log } from "./log.ts";

/** A running Prism: a process of its own. */
export interface PrismServer extends AsyncDisposable {
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

interface Start {
  /** What it is called in errors, such as `mock server of openapi.yaml`. */
  readonly name: string;
  /** Prism's command, and what is particular to it. */
  readonly args: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** How a process ends that is closed. */
const KILLED = "was ended by SIGKILL";
const LISTENING = /Prism is listening on (http:\/\/\S+)/;

/**
 * Starts Prism's command line, with `--errors`, on a free port of this machine, and resolves once it listens.
 *
 * @throws {Error} if Prism ends before it listens: the message holds its log.
 * @throws The reason of `signal`, if it is aborted before Prism listens.
 */
export async function startPrism({ name, args, signal }: Start): Promise<PrismServer> {
  signal?.throwIfAborted();
  const log = new Log();
  const prism = forkPrism(args);
  let closing = false;
  const exited = whenExited(prism).then((how) => {
    signal?.removeEventListener("abort", end);
    // One that had ended by itself before it was closed is none that was closed.
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

  const url = await Promise.race([whenListening(prism, log), exited]);
  if (typeof url !== "string") {
    signal?.throwIfAborted();
    throw url ?? new Error(`The ${name} was closed before it listened.`);
  }
  return { url, exited, close, log: () => log.text, [Symbol.asyncDispose]: close };
}

// Runs in Prism's process before Prism does. The channel to the parent closes when the parent ends, however it ends
// (SIGKILL included, and on Windows as well), so that no server is left behind. Inline, since a file would have another
// name once compiled.
const EXIT_WITH_PARENT = "process.once('disconnect', () => process.exit());";

function forkPrism(args: readonly string[]): ChildProcess {
  const command = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  // One process, also with NODE_ENV=production: a second one would outlive the first.
  return fork(command, [...args, "--port=0", "--host=127.0.0.1", "--errors", "--multiprocess=false"], {
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
