import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer, Plan } from "./supervisor.ts";

/** A running server. */
export interface Service extends AsyncDisposable {
  /** Where clients connect, such as `redis://127.0.0.1:49152`. */
  readonly url: string;
  /** Ends the server and removes its data. May be called more than once. */
  close(): Promise<void>;
}

/** Between the moment when a port is found free and the one when the server listens, another program can take it. */
const ATTEMPTS = 5;

/**
 * Starts a server on a free port, with its data in a folder of its own under the one for temporary files.
 *
 * @param plan Says what to run, given the port and the folder.
 * @throws {Error} if the server ends before it listens: the message holds its log.
 */
export async function startService(
  plan: (port: number, folder: string) => Pick<Plan, "commands" | "user">,
  url: (port: number) => string,
): Promise<Service> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "mindbridge-service-"));
    const supervisor = fork(
      fileURLToPath(import.meta.resolve("./supervisor.ts")),
      [JSON.stringify({ folder, ...plan(port, folder) } satisfies Plan)],
      // A process group of its own: what ends this process from the keyboard must leave it the time to tidy up.
      { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"], detached: true },
    );
    const exited = once(supervisor, "exit");
    const [answer]: [Answer] = (await once(supervisor, "message")) as [Answer];
    const close = async () => {
      if (supervisor.connected) supervisor.disconnect();
      await exited;
    };
    if (answer.ready) return { url: url(port), close, [Symbol.asyncDispose]: close };
    await close();
    if (attempt === ATTEMPTS || !/address already in use/i.test(answer.log)) {
      throw new Error(`The server could not be started. Its log:\n${answer.log}`);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A listening server has no port.");
  return address.port;
}
