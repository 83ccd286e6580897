import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** One Prism process that serves many documents. To start a process for each would take most of the time of a run. */
export interface PrismHost extends AsyncDisposable {
  /**
   * Serves a document, until the host ends.
   *
   * @param document Its path.
   * @returns The URL of the mock.
   * @throws {Error} with what Prism wrote, if the process has ended.
   */
  serve(document: string): Promise<string>;
  /** Resolves when the process has ended: to an error that holds what Prism wrote, unless the host was closed. */
  readonly exited: Promise<Error | undefined>;
}

/** Starts the process. */
export function startPrismHost(): PrismHost {
  const child = fork(fileURLToPath(new URL("./prism.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, SCARF_ANALYTICS: "false" },
  });
  const log = child.stderr === null ? "" : text(child.stderr);
  const ended = once(child, "exit");
  let isClosed = false;
  const exited = ended.then(async () => (isClosed ? undefined : new Error(`Prism ended by itself:\n${await log}`)));
  const served = new Map<string, (url: string) => void>();
  child.on("message", ({ document, url }: { document: string; url: string }) => served.get(document)?.(url));
  return {
    exited,
    serve(document) {
      const url = new Promise<string>((resolve) => served.set(document, resolve));
      child.send(document);
      const failed = exited.then((error): never => {
        throw error ?? new Error("The host was closed.");
      });
      return Promise.race([url, failed]);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
