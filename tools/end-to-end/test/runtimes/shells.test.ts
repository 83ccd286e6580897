// The completion of the command line in real shells. The tests of the command line ask bash.
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasFish, hasZsh } from "@mindbridge-sdk/services";
import { expect, test } from "vitest";
import { mindbridge } from "../../../../packages/cli/test/command.ts";
import { COMPLETIONS } from "../../../../packages/cli/test/completions.ts";
import { temporaryFolder } from "../../src/installation.ts";

const asked = COMPLETIONS.map(({ line }) => line);

/** Runs a shell, which reads the script of ours from the file that `$1` names. */
async function run(shell: string, args: readonly string[], driver: string): Promise<string> {
  await using folder = await temporaryFolder("shells");
  const script = join(folder.path, `completion.${shell}`);
  const own = join(folder.path, `driver.${shell}`);
  const { stdout: completion } = await mindbridge(["completion", shell]);
  await Promise.all([writeFile(script, completion), writeFile(own, driver)]);
  const { stdout, stderr } = spawnSync(shell, [...args, own, script], {
    encoding: "utf8",
    env: { ...process.env, HOME: folder.path, TERM: "dumb" },
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  return stdout;
}

test.skipIf(!hasFish())("fish offers the words", async () => {
  const driver = ["source $argv[1]", ...asked.map((line) => `complete -C '${line}'; echo =`)].join("\n");
  const found = (await run("fish", ["--no-config"], driver)).split("=\n").slice(0, -1);
  // fish has an order of its own, and adds what they mean after a tab.
  const wordsIn = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/\t.*/, ""))
      .toSorted();
  expect(found.map(wordsIn)).toEqual(COMPLETIONS.map(({ words }) => words.toSorted()));
});

test.skipIf(!hasZsh())("zsh puts in the word, or what several begin with", async () => {
  // A widget shows the line once it is completed, and empties it.
  const driver = `
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source '$1
zpty -w shell 'show() { print -r -- "[[$BUFFER]]"; BUFFER= }; zle -N show; bindkey "^G" show; print READ''Y'
zpty -r shell out '*READY*'
${asked.map((line) => `zpty -w -n shell '${line}'$'\\t\\a'; zpty -r shell out '*\\[\\[*\\]\\]*'; print -r -- "$out"`).join("\n")}
zpty -d shell`;
  const output = await run("zsh", ["-f"], driver);
  const lines = [...output.matchAll(/\[\[(.*?)\]\]/g)].map(([, line = ""]) => line.trimEnd());
  expect(lines).toEqual(COMPLETIONS.map(({ line, words }) => line.replace(/\S*$/, commonStart(words)).trimEnd()));
});

function commonStart([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
