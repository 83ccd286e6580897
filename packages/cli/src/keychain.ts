import { execFile } from "node:child_process";
import type { Context } from "./action.ts";

/** The keychain of the system. Its name is what people call it. */
export interface Keychain {
  readonly name: string;
  /** `undefined` if it has none, or is locked. */
  read(account: string): Promise<string | undefined>;
  /** Resolves to whether it keeps the token from now on. */
  write(account: string, token: string): Promise<boolean>;
  /** Resolves to whether it could. */
  remove(account: string): Promise<boolean>;
}

/** In milliseconds. The system may ask its user to unlock the keychain. */
const LONGEST_WAIT = 60_000;

/** `security` reads no longer lines. */
const LONGEST_LINE = 4000;

/**
 * The keychain of this system, through the program that comes with it. `undefined` if we know of none: on Windows, none of its programs
 * gives a token back. No token is ever an argument: lists of processes show arguments.
 */
export function keychainOf({ env, signal }: Pick<Context, "env" | "signal">): Keychain | undefined {
  /** Resolves to what a program writes, or to `undefined` if it fails or is missing. */
  const run = (program: string, args: readonly string[], input = "") =>
    new Promise<string | undefined>((resolve, reject) => {
      const child = execFile(program, args, { env, signal, timeout: LONGEST_WAIT }, (error, stdout) => {
        if (signal.aborted) reject(signal.reason);
        else resolve(error ? undefined : stdout.trim());
      });
      // It may end before it has read everything.
      child.stdin?.on("error", () => {}).end(input);
    });
  const keychain = (others: Omit<Keychain, "write">, write: (account: string, token: string) => Promise<unknown>) => ({
    ...others,
    // Whether the programs fail is not always in their exit codes.
    write: async (account: string, token: string) => {
      await write(account, token);
      return (await others.read(account)) === token;
    },
  });

  if (process.platform === "darwin") {
    const item = (account: string) => ["-s", "mindbridge", "-a", account];
    const read = (account: string) => run("security", ["find-generic-password", ...item(account), "-w"]);
    const remove = async (account: string) =>
      (await run("security", ["delete-generic-password", ...item(account)])) !== undefined;
    return keychain({ name: "the macOS keychain", read, remove }, async (account, token) => {
      const words = ["add-generic-password", "-U", ...item(account), "-w", token];
      const line = words.map((word) => `"${word.replaceAll(/["\\]/g, "\\$&")}"`).join(" ");
      // It reads commands from stdin.
      if (line.length < LONGEST_LINE) await run("security", ["-i"], `${line}\n`);
    });
  }
  if (process.platform === "linux") {
    const item = (account: string) => ["service", "mindbridge", "account", account];
    const read = (account: string) => run("secret-tool", ["lookup", ...item(account)]);
    const remove = async (account: string) => (await run("secret-tool", ["clear", ...item(account)])) !== undefined;
    return keychain({ name: "the keyring of the desktop", read, remove }, (account, token) =>
      run("secret-tool", ["store", "--label", `MindBridge: ${account}`, ...item(account)], token),
    );
  }
  return undefined;
}
