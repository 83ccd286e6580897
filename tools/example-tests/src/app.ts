import { spawn } from "node:child_process";
import { once } from "node:events";

/** What starts an app. */
export interface AppOptions {
  /** The program; this Node by default. */
  readonly command?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Besides what this process has. Port 0 is asked for by `PORT`. */
  readonly env: Readonly<Record<string, string>>;
  /** What it prints once it listens: the first group is its address. By default, the first address it prints. */
  readonly listening?: RegExp;
}

/** An app that runs in a process of its own, until it is disposed of. */
export interface App extends AsyncDisposable {
  readonly url: string;
  /** All that it has printed so far. */
  output(): string;
  /** Asks it to end, and resolves with its exit code; `null` if the signal ended it. */
  stop(): Promise<number | null>;
}

/**
 * Starts an app, and waits until it has printed its address.
 *
 * @throws {Error} with what it printed, if it ends before.
 */
export async function startApp({
  command = process.execPath,
  args,
  cwd,
  env,
  listening = /(http:\/\/\S+)/,
}: AppOptions): Promise<App> {
  const child = spawn(command, args, { cwd, env: { ...process.env, PORT: "0", ...env } });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => {
        output += text.toString();
        const [, address] = listening.exec(output) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
    exited.then((code) => reject(new Error(`The app ended with ${code}:\n${output}`)), reject);
  });
  const stop = async () => {
    child.kill();
    return exited;
  };
  return { url, output: () => output, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}
