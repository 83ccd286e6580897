import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { describe, expect, test } from "vitest";
import { OLDEST_NODE, RUNTIMES, RUNTIMES_FOLDER } from "../src/runtimes/runtimes.ts";

const manifest = (folder: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const pinned = manifest(RUNTIMES_FOLDER).dependencies ?? {};
const newestNode = RUNTIMES.flatMap(({ name }) => /^Node (\d+)$/.exec(name)?.[1] ?? []).at(-1);
const readPage = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const RANGE = /\bNode \d+\.\d+ to \d+\b/g;

describe("the runtimes that are tested", () => {
  test("are all that are pinned, with the driver for SQLite, by exact versions", () => {
    const installed = [...RUNTIMES.flatMap((each) => each.installed ?? []), "better-sqlite3"];
    expect(installed.toSorted()).toEqual(Object.keys(pinned).toSorted());
    expect(Object.values(pinned).filter((version) => !/^(npm:node@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test.each(RUNTIMES.filter(({ name }) => name.startsWith("Node ")))("$name is what its name says", (runtime) => {
    const version = runtime.installed === undefined ? process.versions.node : pinned[runtime.installed];
    expect(`Node ${version?.replace("npm:node@", "")}`).toMatch(new RegExp(`^${runtime.name}\\.`));
  });

  test.each(publishedPackages())("$name asks for the oldest Node of them", ({ folder }) => {
    expect(manifest(folder).engines).toEqual({ node: `>=${OLDEST_NODE}` });
  });

  test.each(["README.md", "packages/client/README.md", "packages/testing/README.md", "docs/runtimes.md"])(
    "%s names them",
    (page) => {
      const sentence = readPage(page)
        .split("\n")
        .find((line) => line.search(RANGE) >= 0);
      for (const name of ["Bun", "Deno", "Workers"]) expect(sentence).toContain(name);
    },
  );

  test("are the same on every page", () => {
    const pages = globSync(["README.md", "packages/*/README.md", "docs/*.md"], { cwd: ROOT });
    const ranges = pages.flatMap((page) => [...readPage(page).matchAll(RANGE)].map(([range]) => ({ page, range })));
    expect(ranges.length).toBeGreaterThanOrEqual(4);
    expect(ranges.filter(({ range }) => range !== `Node ${OLDEST_NODE} to ${newestNode}`)).toEqual([]);
  });

  test("are the columns of the guide's table", () => {
    const [, header = ""] = /^(\| package \|.*)$/m.exec(readPage("docs/runtimes.md")) ?? [];
    const columns = header.split("|").map((cell) => cell.trim());
    const families = new Set(RUNTIMES.map(({ name }) => (name === "workerd" ? "Workers" : name.replace(/ .*/, ""))));
    expect(columns.slice(2, -2)).toEqual([...families]);
  });

  test("are what continuous integration runs", () => {
    expect(readPage(".ci/run")).toMatch(/^npm run check$/m);
    expect(readPage("bootstrap.mjs")).toMatch(/^ {2}check: \{[^}]*\bruntimes\b/m);
  });
});
