import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** The built command. */
export const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** What a command did. */
export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that has been started. */
export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly done: Promise<Result>;
}

/** What to start a command with. */
export interface CommandOptions {
  /** In place of what this process has of the `MINDBRIDGE_…` variables; the others are passed on. */
  readonly env?: NodeJS.ProcessEnv;
  /** What it can read on stdin: nothing, by default. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
}

/** Starts the built command, and leaves its stdin open. */
export function start(args: readonly string[], { env = {}, cwd }: CommandOptions = {}): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:MINDBRIDGE_|FORCE_COLOR)/.test(name));
  const child = spawn(process.execPath, [MAIN, ...args], {
    // pnpm leads its scripts to all that is installed in this repository.
    env: { ...Object.fromEntries(inherited), NODE_PATH: "", ...env },
    ...(cwd !== undefined && { cwd }),
  });
  // A command may end before it has read all.
  child.stdin.on("error", () => {});
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const done = once(child, "close").then(async ([code]) => {
    const [stdout, stderr] = await streams;
    return { code, stdout, stderr };
  });
  return { child, done };
}

/** Runs the built command, `mindbridge`, and resolves once it has ended. */
export async function mindbridge(args: readonly string[], options: CommandOptions = {}): Promise<Result> {
  const { child, done } = start(args, options);
  child.stdin.end(options.input ?? "");
  return done;
}
