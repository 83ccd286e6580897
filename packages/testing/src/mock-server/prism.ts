import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { Log } from "./log.ts";
import { MissingPrismError } from "./missing-prism-error.ts";

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
  /** By default a free one. */
  readonly port?: number | undefined;
  /** Whether Prism writes no log: that of some refusals ends its process. */
  readonly silent?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How a process ends that is closed. */
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

  const url = await Promise.race([whenListening(prism), exited]);
  if (typeof url !== "string") {
    signal?.throwIfAborted();
    throw url ?? new Error(`The ${name} was closed before it listened.`);
  }
  return { url, exited, close, log: () => log.text, [Symbol.asyncDispose]: close };
}

// Runs in Prism's process before Prism does. The channel to the parent closes when the parent ends, however it ends
// (SIGKILL included, and on Windows as well), so that no server is left behind. Inline, since a file would have another
// name once compiled.
//
// It also tells the parent the port, which Prism itself says only in its log.
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
  // One process, also with NODE_ENV=production: a second one would outlive the first.
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

/** Says how a process ended, once it has and all that it wrote has been read. */
async function whenExited(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "close");
    return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  } catch (error) {
    return `could not be started (${String(error)})`;
  }
}
