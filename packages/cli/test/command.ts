import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { CancelledError } from "../src/errors.ts";
import { run } from "../src/run.ts";

/** The built command. */
export const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** What a command did. */
export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What to start a command with. */
export interface CommandOptions {
  /** Replaces the `MINDBRIDGE_…` variables of this process. All others are passed on. */
  readonly env?: NodeJS.ProcessEnv;
  /** What it can read on stdin: nothing, by default. */
  readonly input?: string | Uint8Array;
  /** The columns of a terminal that stdout is; without them, it is none. */
  readonly columns?: number;
  /** The folder that it runs in. This process stays there until the command has ended. */
  readonly cwd?: string;
}

/** A command that runs in this process. */
export interface Running {
  /** What it writes, as it comes. */
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  /** Interrupts it, as SIGINT does, and resolves once it has ended. */
  interrupt(): Promise<Result>;
  readonly done: Promise<Result>;
}

function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("MINDBRIDGE_"));
  // Whoever runs the tests may have profiles.
  return { ...Object.fromEntries(inherited), XDG_CONFIG_HOME: join(tmpdir(), "no-such-folder"), ...env };
}

/** Starts `mindbridge` in this process, without a terminal. It is interrupted when the test ends. */
export function start(args: readonly string[], { env = {}, input = "", columns }: CommandOptions = {}): Running {
  const interruption = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  if (columns !== undefined) Object.assign(stdout, { isTTY: true, columns });
  const written = Promise.all([collect(stdout), collect(stderr)]);
  const stdin = Readable.from([Buffer.from(input)], { objectMode: false });
  const host = { env: environment(env), stdin, stdout, stderr } as unknown as Parameters<typeof run>[1];
  const done = run(args, host, interruption.signal).then(async (code) => {
    stdout.end();
    stderr.end();
    const [out, err] = await written;
    return { code, stdout: out, stderr: err };
  });
  const interrupt = () => {
    interruption.abort(new CancelledError("Interrupted."));
    return done;
  };
  onTestFinished(async () => void (await interrupt()));
  return { stdout, stderr, interrupt, done };
}

/** Everything that a stream holds. Others may read it, too. */
async function collect(stream: PassThrough): Promise<string> {
  let all = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    all += chunk;
  });
  await finished(stream);
  return all;
}

/** Runs `mindbridge` in this process, without a terminal, and resolves once it has ended. */
export async function mindbridge(args: readonly string[], options: CommandOptions = {}): Promise<Result> {
  const home = process.cwd();
  if (options.cwd !== undefined) process.chdir(options.cwd);
  try {
    return await start(args, options).done;
  } finally {
    process.chdir(home);
  }
}

/** Starts the built command in a process of its own, and leaves its stdin open. */
export function startProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { readonly child: ChildProcessWithoutNullStreams; readonly done: Promise<Result> } {
  // pnpm leads its scripts to everything that is installed in this repository.
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...environment(env), NODE_PATH: "" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const done = once(child, "close").then(async ([code]) => {
    const [stdout, stderr] = await streams;
    return { code, stdout, stderr };
  });
  return { child, done };
}
