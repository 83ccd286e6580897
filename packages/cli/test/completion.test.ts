// In bash, which is everywhere. The check stage asks zsh and fish the same: tools/end-to-end/test/runtimes/shells.test.ts.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { mindbridge } from "./command.ts";
import { COMPLETIONS } from "./completions.ts";

/** Completes each command line in one bash, as readline does: it sets the words, and calls the function of `complete -p`. */
function completeInBash(script: string, lines: readonly string[]): string[][] {
  const asked = lines.map(
    (line) =>
      `complete_line ${line
        .split(" ")
        .map((word) => `'${word}'`)
        .join(" ")}`,
  );
  const { stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile"], {
    encoding: "utf8",
    input: `${script}
[[ $(complete -p mindbridge) == *"-F _mindbridge mindbridge" ]] || echo "is not registered" >&2
complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mindbridge; echo "\${COMPREPLY[*]}"; }
${asked.join("\n")}
`,
  });
  expect(stderr).toBe("");
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ").filter(Boolean));
}

test("bash completes commands, flags and values", async () => {
  const { code, stdout } = await mindbridge(["completion", "bash"]);
  expect(code).toBe(0);
  const found = completeInBash(
    stdout,
    COMPLETIONS.map(({ line }) => line),
  );
  expect(COMPLETIONS.map(({ line }, at) => ({ line, words: found[at] }))).toEqual(COMPLETIONS);
  expect(completeInBash(stdout, ["mindbridge webhooks create --status = IN"])).toEqual([["INACTIVE"]]);
});

test("each script has every command and every flag of the help, and is the same on a terminal", async () => {
  const scripts = await Promise.all(
    ["bash", "zsh", "fish"].map(async (shell) => (await mindbridge(["completion", shell], { columns: 80 })).stdout),
  );
  expect(scripts[0]).toBe((await mindbridge(["completion", "bash"])).stdout);
  const missing: string[] = [];
  const visit = async (words: readonly string[]): Promise<void> => {
    const { stdout } = await mindbridge([...words, "--help"]);
    const [, list = ""] = /^Commands:\n(.*?)\n\n/ms.exec(stdout) ?? [];
    const commands = [...list.matchAll(/^ {2}([^\s|]+)/gm)].map(([, name = ""]) => name);
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name = ""]) => name);
    for (const script of scripts) {
      // bash and zsh have a line for the words of each command, and fish one for each word, with other quotes.
      const path = new RegExp(`'${["mindbridge", ...words].join(" ")}\\\\?'(?!.*command="?[$]command)`);
      const lines = script.split("\n").filter((line) => path.test(line));
      const known = lines.flatMap((line) => line.split(/[^\w-]+/)).map((word) => word.replace(/^--/, ""));
      missing.push(
        ...[...commands, ...flags].filter((name) => !known.includes(name)).map((name) => `${words.join(" ")}: ${name}`),
      );
    }
    for (const name of commands) if (name !== "help") await visit([...words, name]);
  };
  await visit([]);
  expect(missing).toEqual([]);
});

test("a shell that has no script is wrong use, which names those that have", async () => {
  const { code, stderr } = await mindbridge(["completion", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Allowed choices are bash, zsh, fish.");
});
