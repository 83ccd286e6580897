import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test } from "vitest";
import { mindbridge } from "../../../packages/cli/test/command.ts";
import { commandsIn, guides, readmes, readPage, skills } from "../src/markdown.ts";

/** A table of commands that are wrong on purpose. Its own test runs them. */
const MISTAKES = /^\| what you type .*\n(?:\|.*\n)+/m;
const pages = [...readmes(), ...skills(), ...guides(), readPage("CONTRIBUTING.md")].map((page) => ({
  ...page,
  text: page.text.replace(MISTAKES, (rows) => rows.replaceAll(/.+/g, "")),
}));
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The commands of npm and pnpm themselves that the pages name. */
const BUILT_IN = {
  npm: ["deprecate", "init", "install", "outdated", "pkg", "test"],
  pnpm: ["install", "changeset"],
};

const ofPackageManagers = pages
  .flatMap((page) => commandsIn(page, ["npm", "pnpm"]))
  .filter(({ words }) => words.length > 1);
const ofMindbridge = pages
  .flatMap((page) => commandsIn(page, ["mindbridge", "@mindbridge-sdk/cli"]))
  .filter(({ words }) => words.length > 1);

test("there are commands to check", () => {
  expect(ofPackageManagers.length).toBeGreaterThan(40);
  expect(ofMindbridge.length).toBeGreaterThan(15);
});

test("every script that npm or pnpm is told to run is there", () => {
  const missing = ofPackageManagers.filter(({ words: [program, command = "", script = ""] }) => {
    if (command === "run") return !(script in scripts);
    if (BUILT_IN[program as keyof typeof BUILT_IN].includes(command)) return false;
    // npm has no short form of `run`.
    return program === "npm" || !(command in scripts);
  });
  expect(missing).toEqual([]);
});

test("no page and no message runs the command line by npx with a name that is not ours", () => {
  const patterns = ["*.md", "docs/**/*.md", "{packages,examples,spec}/*/README.md", "packages/*/src/**/*.ts"];
  const files = globSync(patterns, { cwd: ROOT });
  expect(files).toEqual(expect.arrayContaining(["docs/getting-started.md", "packages/cli/src/program.ts"]));
  const named = files.filter((path) => /\b(?:npx|dlx|npm exec)(?: -\S+)* mindbridge\b/.test(readPage(path).text));
  expect(named).toEqual([]);
});

test("`mindbridge` has every command and every option that is named", async () => {
  const helps = new Map<string, Promise<string>>();
  const help = (path: string): Promise<string> => {
    const args = [...path.split(" ").filter(Boolean), "--help"];
    const found = helps.get(path) ?? mindbridge(args).then(({ stdout }) => stdout);
    helps.set(path, found);
    return found;
  };
  const faults: string[] = [];
  for (const { place, words } of ofMindbridge) {
    let path = "";
    for (const word of words.slice(1)) {
      // A word under `Commands:` is a command. Other words are its arguments and options.
      const [, commands = ""] = (await help(path)).split("Commands:\n");
      if (!commands.split("\n").some((line) => line.trim().split(" ")[0]?.split("|").includes(word))) break;
      path = `${path} ${word}`.trim();
    }
    const options = words.filter((word) => word.startsWith("-"));
    const described = await help(path);
    const unknown = options.filter((option) => !new RegExp(`${option}\\b`).test(described));
    if (path === "" && !words[1]?.startsWith("-"))
      faults.push(`${place}: ${words.join(" ")}: there is no such command`);
    faults.push(...unknown.map((option) => `${place}: ${words.join(" ")}: there is no ${option}`));
  }
  expect(faults).toEqual([]);
});
