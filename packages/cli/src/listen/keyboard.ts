import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Context } from "../action.ts";

/** The keys of the terminal, while a command runs. */
export interface Keyboard {
  /** Asks for a line. Resolves to `undefined` if the user gives none (Esc, Ctrl+C, Ctrl+D). */
  ask(question: string): Promise<string | undefined>;
  /** Runs what prints something: at once or, while a line is asked for, afterwards. */
  print(write: () => void): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

export const CONTROL_C = "\u0003";
const CONTROL_Z = "\u001a";

/** Takes each key as it is pressed. Call it only if stdin is a terminal. */
export function openKeyboard({ stdin, stderr, signal }: Context, press: (key: string) => void): Keyboard {
  let held: (() => void)[] | undefined;

  const read = (keys: string) => {
    // Arrows and the like are several characters after an escape.
    if (keys.startsWith("\u001b")) return;
    for (const key of keys) {
      if (key === CONTROL_Z) suspend();
      else press(key);
    }
  };
  const onData = (bytes: Buffer) => read(String(bytes));
  const take = () => {
    // In the background, touching the terminal would stop the process. `fg` sends SIGCONT.
    if (held || signal.aborted || !isInForeground()) return;
    stdin.off("data", onData).on("data", onData).setRawMode(true).resume();
  };
  const release = () => {
    if (stdin.listeners("data").includes(onData)) stdin.off("data", onData).setRawMode(false).pause();
  };
  /** Stops the process on Ctrl+Z. The terminal does this itself, but not while it passes on each key. */
  const suspend = () => {
    release();
    if (process.platform === "win32") take();
    else process.kill(0, "SIGTSTP");
  };
  process.on("SIGCONT", take);
  take();

  return {
    print: (write) => void (held ? held.push(write) : write()),
    ask: async (question) => {
      release();
      held = [];
      const lines = createInterface({ input: stdin, output: stderr, signal, escapeCodeTimeout: 100 });
      const leave = (_: unknown, { name }: { readonly name?: string }) => {
        if (name !== "escape") return;
        stderr.write("\n");
        lines.close();
      };
      stdin.on("keypress", leave);
      lines.setPrompt(question);
      lines.prompt();
      const closed = once(lines, "close").then(() => [undefined]);
      const [line] = (await Promise.race([once(lines, "line"), closed])) as [string | undefined];
      stdin.off("keypress", leave);
      lines.close();
      for (const write of held) write();
      held = undefined;
      take();
      return line;
    },
    close: () => {
      process.off("SIGCONT", take);
      release();
    },
  };
}

/** Whether this process is in the foreground of its terminal, and so may read from it. */
function isInForeground(): boolean {
  const pid = `${process.pid}`;
  try {
    if (process.platform === "win32") return true;
    if (process.platform === "linux") {
      const [, , group, , , foreground] = readFileSync("/proc/self/stat", "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return group === foreground;
    }
    const groups = execFileSync("ps", ["-o", "pgid=,tpgid=", "-p", pid], { encoding: "utf8", stdio: "pipe" });
    const [group, foreground] = groups.trim().split(/\s+/);
    return group === foreground;
  } catch {
    return false;
  }
}
