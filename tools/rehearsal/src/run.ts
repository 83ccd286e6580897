import { execFile } from "node:child_process";

export interface RunOptions {
  readonly cwd: string;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** In milliseconds: longer than any command takes on a slow machine. */
const LIMIT = 300_000;

/**
 * Runs a command to its end and returns what it printed.
 *
 * @throws {Error} with all that it printed, if it fails.
 */
export function run(command: readonly [string, ...string[]], { cwd, env = {} }: RunOptions): Promise<string> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout: LIMIT, maxBuffer: 2 ** 26 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`\`${command.join(" ")}\` failed.\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.end();
  });
}
