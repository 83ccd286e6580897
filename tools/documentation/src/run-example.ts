import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

/** What came of running an example. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Where it serves deliveries: what `mindbridge trigger --all` found. */
  readonly examined?:
    | { readonly right: number; readonly wrong: number; readonly cases: readonly unknown[] }
    | undefined;
}

const MINDBRIDGE = join(import.meta.dirname, "../node_modules/.bin/mindbridge");
const PROGRAM = join(import.meta.dirname, "program.ts");

/** Runs the command line, and returns what it prints, whatever its exit code. */
export async function mindbridge(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(MINDBRIDGE, args, { env }).catch((error: { stdout?: string }) => {
    if (!error.stdout) throw error;
    return { stdout: error.stdout };
  });
  return stdout.trim();
}

/**
 * Runs an example to its end. One that serves deliveries is sent genuine ones and every attack by `mindbridge trigger --all`,
 * and then told to stop.
 */
export async function runExample(file: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = fork(PROGRAM, [file], { env, stdio: ["ignore", "pipe", "pipe", "ipc"], timeout: 15_000 });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const output = Promise.all([child.stdout, child.stderr].map(async (stream) => (stream ? text(stream) : "")));
  const [port] = (await Promise.race([once(child, "message"), closed.then(() => [])])) as [number?];
  let examined: Outcome["examined"];
  if (port !== undefined) {
    const to = `http://127.0.0.1:${port}/webhooks`;
    examined = JSON.parse(await mindbridge(["trigger", "--all", "--json", "--to", to], env));
    child.kill("SIGTERM");
  }
  const [exitCode, signal] = await closed;
  const [stdout = "", stderr = ""] = await output;
  return { exitCode, signal, stdout, stderr, examined };
}
