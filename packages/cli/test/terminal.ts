import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { MAIN } from "./command.ts";

/** A text on the terminal, and the keys that answer it. A function gets all that was shown so far. */
export type Step = readonly [seen: string, keys: string | ((screen: string) => Promise<string>)];

/** How to run a command on a terminal. */
interface TerminalOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly steps?: readonly Step[];
  /** What the shell is given after the command. */
  readonly redirection?: string;
}

/**
 * Runs the built command on a pseudo-terminal, and presses keys once it shows what they answer. It needs `script` of util-linux: the one
 * of the BSDs has other options, and Windows has none.
 */
export async function onTerminal(args: readonly string[], { env, steps = [], redirection = "" }: TerminalOptions) {
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`);
  const command = `stty rows 50 columns 200; ${words.join(" ")} ${redirection}`;
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    env: { ...process.env, TERM: "xterm", ...env },
  });
  // The command may end before the keys come.
  child.stdin.on("error", () => {});
  const left = [...steps];
  let screen = "";
  let from = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    screen += stripVTControlCharacters(chunk);
    const [next] = left;
    const at = next ? screen.indexOf(next[0], from) : -1;
    if (!next || at === -1) return;
    from = at + next[0].length;
    left.shift();
    const [, keys] = next;
    if (typeof keys === "string") child.stdin.write(keys);
    else void keys(screen).then((later) => child.stdin.write(later));
  });
  const [code] = await once(child, "close");
  return { code, screen, unanswered: left };
}
