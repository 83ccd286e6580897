// Runs a server. When the channel to the parent closes, it ends the server and deletes its data. The channel closes however
// the parent ends, also by SIGKILL.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, rmSync } from "node:fs";

export interface Plan {
  /** For the server's data. Deleted in the end. */
  readonly folder: string;
  /** They run one after the other. The last one is the server. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** The user to run them as, if not the user of this process. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

/** Sent to the parent: the server listens, or why it does not. */
export type Answer = { readonly ready: true } | { readonly ready: false; readonly log: string };

/** Redis and Postgres both log this once they listen. */
const READY = /ready to accept connections/i;

/** How long a server may take to end before it is killed, in milliseconds. */
const PATIENCE = 5_000;

if (process.send) await supervise(JSON.parse(process.argv[2] ?? ""));

async function supervise({ folder, commands, user }: Plan): Promise<void> {
  let child: ChildProcess | undefined;
  let ending = false;
  let log = "";
  const end = async () => {
    ending = true;
    // Postgres then ends at once, with all of its processes. Redis ends, too.
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGQUIT");
      const timer = setTimeout(() => child?.kill("SIGKILL"), PATIENCE);
      await exited;
      clearTimeout(timer);
    }
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  };
  process.once("disconnect", () => void end());
  const answer = (message: Answer) => process.connected && process.send?.(message);

  if (user) chownSync(folder, user.uid, user.gid);
  for (const [program, ...args] of commands) {
    if (ending) return;
    child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], ...user });
    let ready = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        log = (log + chunk).slice(-20_000);
        if (ready || !READY.test(log)) return;
        ready = true;
        answer({ ready });
      });
    }
    const [code] = await once(child, "close").catch((error: unknown) => [String(error)]);
    if (code !== 0 && !ready) answer({ ready: false, log });
    if (code !== 0) return;
  }
}
