import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { staleFiles, writeFiles } from "../src/output.ts";
import { snapshot, temporaryFolder } from "./documents.ts";

const ENUMS = "packages/contract/src/generated/enums.ts";
const files = new Map(
  [
    "packages/client/src/generated/resources.ts",
    ENUMS,
    "packages/contract/src/generated/validators/Webhook.ts",
    "packages/contract/src/generated/version.ts",
  ].map((path) => [path, `// ${path}\n`]),
);

function writtenRoot(): string {
  const root = temporaryFolder();
  writeFiles(root, files);
  return root;
}

test("written files are up to date, and a second write touches none", () => {
  const root = writtenRoot();
  expect(staleFiles(root, files)).toEqual([]);
  const before = statSync(join(root, ENUMS), { bigint: true }).mtimeNs;
  expect(writeFiles(root, files)).toEqual([]);
  expect(statSync(join(root, ENUMS), { bigint: true }).mtimeNs).toBe(before);
});

test("a changed, a missing and an obsolete file are stale, and a write corrects them", () => {
  const root = writtenRoot();
  writeFileSync(join(root, ENUMS), `${files.get(ENUMS)} `);
  rmSync(join(root, "packages/client/src/generated/resources.ts"));
  writeFileSync(join(root, "packages/contract/src/generated/old.ts"), "");
  const stale = ["packages/client/src/generated/resources.ts", ENUMS, "packages/contract/src/generated/old.ts"];
  expect(staleFiles(root, files)).toEqual(stale);
  expect(writeFiles(root, files)).toEqual(stale);
  expect(staleFiles(root, files)).toEqual([]);
  expect(existsSync(join(root, "packages/contract/src/generated/old.ts"))).toBe(false);
});

test("nothing outside the generated folders is touched", () => {
  const root = writtenRoot();
  const mine = join(root, "packages/contract/src/index.ts");
  writeFileSync(mine, "mine");
  writeFiles(root, new Map());
  expect(readFileSync(mine, "utf8")).toBe("mine");
});

test("if one file cannot be written, none is", () => {
  const root = writtenRoot();
  writeFileSync(join(root, ENUMS), "changed by hand");
  // A folder stands where the last file should go.
  const blocked = join(root, "packages/contract/src/generated/version.ts");
  rmSync(blocked);
  mkdirSync(join(blocked, "in the way"), { recursive: true });
  const before = snapshot(root);
  expect(() => writeFiles(root, files)).toThrow(/No file was changed/);
  expect(snapshot(root)).toEqual(before);
});
