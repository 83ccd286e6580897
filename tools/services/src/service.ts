import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Answer, type Plan, RESTART } from "./supervisor.ts";

/** A running server. */
export interface Service extends AsyncDisposable {
  /** Where clients connect, such as `redis://127.0.0.1:49152`. */
  readonly url: string;
  /** Ends the server at once, and starts it again on the same port with the same data. Resolves when it listens. */
  restart(): Promise<void>;
  /** Ends the server and deletes its data. A second call does nothing. */
  close(): Promise<void>;
}

/** Another program can take a free port before the server listens on it. */
const ATTEMPTS = 5;

/**
 * Starts a server on a free port, with its data in a temporary folder.
 *
 * @param plan Returns what to run, given the port and the folder.
 * @throws {Error} if the server ends before it listens. The message holds its log.
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
      // In a process group of its own, so that Ctrl-C does not end it before it has tidied up.
      { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"], detached: true },
    );
    const exited = once(supervisor, "exit");
    const answer = await nextAnswer(supervisor);
    const close = async () => {
      if (supervisor.connected) supervisor.disconnect();
      await exited;
    };
    const restart = async () => {
      supervisor.send(RESTART);
      const restarted = await nextAnswer(supervisor);
      if (!restarted.ready) throw new Error(`The server could not be started again. Its log:\n${restarted.log}`);
    };
    if (answer.ready) return { url: url(port), restart, close, [Symbol.asyncDispose]: close };
    await close();
    if (attempt === ATTEMPTS || !/address already in use/i.test(answer.log)) {
      throw new Error(`The server could not be started. Its log:\n${answer.log}`);
    }
  }
}

async function nextAnswer(supervisor: ChildProcess): Promise<Answer> {
  const [answer] = (await once(supervisor, "message")) as [Answer];
  return answer;
}

/** A port of this machine that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new Error("The server that looks for a free port has none.");
  return address.port;
}
