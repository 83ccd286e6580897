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

/** The message that restarts the server. */
export const RESTART = "restart";

// Also imported for its types.
if (process.send && process.argv[1] === import.meta.filename) await supervise(JSON.parse(process.argv[2] ?? ""));

async function supervise({ folder, commands, user }: Plan): Promise<void> {
  let child: ChildProcess | undefined;
  let ending = false;
  const endChild = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    // Postgres then ends at once, with all of its processes. Redis ends, too.
    child.kill("SIGQUIT");
    const timer = setTimeout(() => child?.kill("SIGKILL"), PATIENCE);
    await closed;
    clearTimeout(timer);
  };
  const end = async () => {
    ending = true;
    await endChild();
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  };
  process.once("disconnect", () => void end());
  const answer = (message: Answer) => process.connected && process.send?.(message);

  /** Runs one command to its end, and answers if it listens. Returns whether all was well. */
  const run = async ([program, ...args]: Plan["commands"][number]): Promise<boolean> => {
    let log = "";
    let ready = false;
    child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], ...user });
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
    return code === 0;
  };

  const restart = async () => {
    await endChild();
    await run(commands.at(-1) as Plan["commands"][number]);
  };
  process.on("message", (message) => {
    if (message === RESTART) void restart();
  });
  if (user) chownSync(folder, user.uid, user.gid);
  for (const command of commands) if (ending || !(await run(command))) return;
}
