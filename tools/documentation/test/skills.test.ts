import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test } from "vitest";
import { readPage, skills } from "../src/markdown.ts";

test("there is a skill, of the receiver", () => {
  expect(skills().map(({ path }) => path)).toEqual(["packages/receiver/SKILL.md"]);
});

test.for(skills())(
  "$path says when to use it, is short, is published, and the README leads to it",
  ({ path, text }) => {
    const folder = dirname(path);
    const [, name = "", description = ""] = /^---\nname: (.*)\ndescription: (.*)\n---\n# /.exec(text) ?? [];
    expect(name).toMatch(/^[a-z0-9-]{1,64}$/);
    expect(description).toMatch(/\bUse it to /);
    expect(description.length).toBeLessThanOrEqual(1024);
    expect(text.split("\n").length).toBeLessThanOrEqual(120);
    expect(JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")).files).toContain("SKILL.md");
    expect(readPage(join(folder, "README.md")).text).toContain("](SKILL.md)");
    // It is read in node_modules, where no other file of the repository is.
    expect(text).not.toMatch(/\]\((?!https:)/);
  },
);
