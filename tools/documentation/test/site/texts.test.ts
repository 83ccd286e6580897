import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages } from "@mindbridge-sdk/repository/packages";
import { describe, expect, test } from "vitest";
import { changelogOf } from "../../src/site/changelog.ts";
import { PAGES, SITE, SITE_ADDRESS, staged } from "../../src/site/layout.ts";

const read = (name: string): string => readFileSync(join(SITE, name), "utf8");
/** The pages of the site that is built for the tests. It lacks those of the TypeScript modules. */
const pages = PAGES.filter(({ source }) => existsSync(join(SITE, staged(source))));

describe("what language models read", () => {
  test("the index lists every page with its title and description, and each address is a file of the site", () => {
    const index = read("llms.txt");
    expect(index).toMatch(/^# MindBridge SDK\n\n> .+\n\n## Guides\n\n- \[Getting started\]/);
    const listed = [...index.matchAll(/^- \[(.+)\]\((.+?)\)(?:: (.+))?$/gm)];
    for (const [, title = "", address = ""] of listed) {
      expect(address.startsWith(SITE_ADDRESS), title).toBe(true);
      expect(existsSync(join(SITE, address.slice(SITE_ADDRESS.length))), address).toBe(true);
    }
    const inIndex = new Map(listed.map(([, title, , description]) => [title, description]));
    expect(pages.length).toBeGreaterThan(20);
    // The first page is the index itself.
    for (const { title, description } of pages.slice(1)) expect(inIndex.get(title)).toBe(description);
  });

  test("the whole text has every page, in the order of the menu", () => {
    const addresses = Array.from(read("llms-full.txt").matchAll(/^<!-- (https:.+) -->$/gm), ([, address]) => address);
    expect(addresses).toEqual(pages.map(({ source }) => SITE_ADDRESS + staged(source)));
    expect(read("llms-full.txt")).toContain("## Examine an endpoint");
  });
});

describe("the changelog", () => {
  const [first = "", second = ""] = publishedPackages().map(({ name }) => name);
  const changeset = `---\n"${first}": minor\n---\n\nIt waits.\n\nMore of it.\n`;
  const changelog = (name: string, ...entries: string[]) => ({
    name,
    text: `# ${name}\n\n## 1.1.0\n\n### Minor Changes\n\n${entries.join("\n")}\n\n## 1.0.0\n\n### Major Changes\n\n- The first.\n`,
  });

  test("has what waits, and each release with its changes, once, with the packages that they are about", () => {
    const text = changelogOf(
      [changeset],
      [
        changelog(first, "- For both.\n\n  - A list.\n", "- For one."),
        changelog(second, "- For both.\n\n  - A list.\n"),
      ],
    );
    const [one, two] = [first, second].map((name) => `\`${name.split("/")[1]}\``);
    expect(text.slice(text.indexOf("## "))).toBe(
      `## The next release\n\n${one}: It waits.\n\nMore of it.\n\n## 1.1.0\n\n${one}, ${two}: For both.\n\n- A list.\n\n${one}: For one.\n\n## 1.0.0\n\n${one}, ${two}: The first.\n`,
    );
  });

  test("before the first release, says what it holds, and names no package where all are meant", () => {
    const all = publishedPackages().map(({ name }) => `"${name}": major\n`);
    expect(changelogOf([`---\n${all.join("")}---\n\nEverything.\n`], [])).toMatch(
      /\n\n## The first release\n\nEverything\.\n$/,
    );
  });

  test("is a page of the site", () => {
    expect(read("changelog.html")).toContain("<h1");
    expect(read("changelog.md")).toMatch(/^# Changelog\n.*^## /ms);
  });
});
