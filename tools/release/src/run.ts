import { spawnSync } from "node:child_process";

/**
 * Runs a command, and shows what it prints.
 *
 * @throws {Error} if it fails.
 */
export function run(cwd: string, program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`\`${[program, ...args].join(" ")}\` failed: what it printed is above.`);
}
