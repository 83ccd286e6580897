import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDocument } from "../src/diff/read-document.ts";

const HEAD = "openapi: 3.1.1\ninfo: {title: A, version: 1.0.0}\n";
const problem = (file: string, what: string) =>
  `\`${file}\` cannot be read as an OpenAPI document: ${what}. ` +
  "Name another file, or mend it: `pnpm generate --spec FILE` says what is wrong, and where.";

test.each([
  ["is empty", "", "Document must be JSON object, got undefined"],
  ["is of another kind", "name: a\n", "Unsupported specification"],
  ["has no info", "openapi: 3.1.1\npaths: {}\n", "it has no `info`"],
  ["has a path without anything", `${HEAD}paths: {/a: }\n`, "nothing stands at #/paths/~1a"],
  ["has an operation without anything", `${HEAD}paths: {/a: {get: }}\n`, "nothing stands at #/paths/~1a/get"],
  [
    "has a reference that leads nowhere",
    `${HEAD}paths: {/a: {$ref: "#/components/pathItems/A"}}\n`,
    "Can't resolve $ref at #/paths/~1a",
  ],
])("names the file and the command where a document %s", async (_, text, what) => {
  const folder = mkdtempSync(join(tmpdir(), "read-document-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, text);
    await expect(readDocument(file)).rejects.toThrow(problem(file, what));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("names the file and the command where a document is no YAML", async () => {
  const folder = mkdtempSync(join(tmpdir(), "read-document-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, "a: [\n");
    await expect(readDocument(file)).rejects.toThrow(/^`.*openapi\.yaml` cannot be read .*\(2:1\)\. Name another file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(["", "nowhere.yaml"])("names the file and the command where there is none: %j", async (file) => {
  await expect(readDocument(file)).rejects.toThrow(`\`${file}\` cannot be read as an OpenAPI document: `);
});
