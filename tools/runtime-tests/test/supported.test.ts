import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { describe, expect, test } from "vitest";
import { OLDEST_NODE, RUNTIMES, RUNTIMES_FOLDER } from "../src/runtimes.ts";

const manifest = (folder: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const pinned = manifest(RUNTIMES_FOLDER).dependencies ?? {};
const newestNode = RUNTIMES.flatMap(({ name }) => /^Node (\d+)$/.exec(name)?.[1] ?? []).at(-1);

describe("the runtimes that are tested", () => {
  test("are all that are pinned, by exact versions", () => {
    const installed = RUNTIMES.flatMap((each) => each.installed ?? []);
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

  test.each(["README.md", "packages/client/README.md"])("%s names them", (readme) => {
    const text = readFileSync(join(ROOT, readme), "utf8");
    const sentence = text.split("\n").find((line) => /\bNode \d+\.\d+ to \d+\b/.test(line));
    expect(sentence).toContain(`Node ${OLDEST_NODE} to ${newestNode}`);
    for (const name of ["Bun", "Deno", "Workers"]) expect(sentence).toContain(name);
  });
});
