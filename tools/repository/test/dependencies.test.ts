import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedPackages, ROOT } from "../src/packages.ts";

test("every run-time dependency has its reason, and there is no reason without one", () => {
  const document = readFileSync(join(ROOT, "docs/dependencies.md"), "utf8");
  const reasons = [...document.matchAll(/^\| `(.+?)` \| `(.+?)` \| (.+) \|$/gm)];
  const explained = reasons.map(([, name, dependency]) => `${name}: ${dependency}`);
  const actual = publishedPackages().flatMap(({ name, folder }) => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
    return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).map(
      (dependency) => `${name}: ${dependency}`,
    );
  });
  expect(explained.toSorted()).toEqual(actual.toSorted());
  expect(reasons.filter(([, , , reason = ""]) => reason.trim().length < 20)).toEqual([]);
});
