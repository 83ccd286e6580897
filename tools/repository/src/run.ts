import { execFile } from "node:child_process";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export interface RunOptions {
  readonly cwd: string;
  /** Variables besides those of this process. `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** In milliseconds: longer than any command takes on a slow machine. */
const LIMIT = 1_200_000;

/**
 * Runs a command to its end, and returns what it printed.
 *
 * @throws {Error} with everything that it printed, if it fails.
 */
export function run(command: Command, { cwd, env = {} }: RunOptions): Promise<string> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    // On Windows, package managers are scripts.
    const shell = process.platform === "win32";
    const options = { cwd, env: { ...process.env, ...env }, shell, timeout: LIMIT, maxBuffer: 2 ** 26 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`\`${command.join(" ")}\` failed.\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.end();
  });
}
