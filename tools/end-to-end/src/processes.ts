import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RunOptions } from "@mindbridge-sdk/repository/run";

export interface AppOptions extends RunOptions {
  /** The program; this Node by default. */
  readonly command?: string;
  readonly args: readonly string[];
  /** Matches what the app prints once it listens, with its address as the first group. By default, the first URL. */
  readonly listening?: RegExp;
}

/** An app that runs in a process of its own until it is disposed of. */
export interface App extends AsyncDisposable {
  readonly url: string;
  /** Everything that it has printed so far. */
  output(): string;
  /** Asks the app to end, and resolves to its exit code, or to `null` if the signal ended it. */
  stop(): Promise<number | null>;
}

/**
 * Starts an app with `PORT=0`, and waits until it prints its address.
 *
 * @throws {Error} with everything that it printed, if it ends first.
 */
export async function startApp({
  command = process.execPath,
  args,
  cwd,
  env = {},
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
