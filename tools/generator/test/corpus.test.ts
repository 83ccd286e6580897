import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DocumentError, loadDocument } from "../src/load.ts";
import { documentOf, KINDS } from "./corpus/index.ts";
import { temporaryFolder } from "./documents.ts";

// How those that are accepted behave stands in tools/contract-tests/test/corpus.test.ts.
const refused = Object.entries(KINDS).flatMap(([name, kind]) =>
  kind.refused ? [{ name, kind, ...kind.refused }] : [],
);

test.for(refused)("$name: refused with the line, and with what to do", async ({ kind, rule, message, line }) => {
  const path = join(temporaryFolder(), "openapi.json");
  const text = JSON.stringify(documentOf([kind]), undefined, 2);
  writeFileSync(path, kind.text?.(text) ?? text);
  const error: unknown = await loadDocument(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DocumentError);
  const { problems } = error as DocumentError;
  expect(problems).toEqual([expect.objectContaining({ rule, message: expect.stringMatching(message) })]);
  expect(readFileSync(path, "utf8").split("\n")[(problems[0]?.line ?? 0) - 1]).toContain(line);
});
