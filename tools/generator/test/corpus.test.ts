import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDocument } from "../src/load.ts";
import { DocumentError, type Problem } from "../src/problem.ts";
import { documentOf, KINDS } from "./corpus/index.ts";
import { json, operation } from "./corpus/kind.ts";
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

const warned = Object.entries(KINDS).flatMap(([name, kind]) =>
  kind.warnings ? [{ name, kind, due: kind.warnings }] : [],
);

test.for(warned)("$name: warned of with the line, and with what to do", async ({ kind, due }) => {
  const path = join(temporaryFolder(), "openapi.json");
  const text = JSON.stringify(documentOf([kind]), undefined, 2);
  writeFileSync(path, text);
  const warnings: Problem[] = [];
  await loadDocument(path, (problem) => warnings.push(problem));
  expect(warnings).toEqual(
    due.map(({ rule, message }) => expect.objectContaining({ rule, message: expect.stringMatching(message) })),
  );
  const lines = text.split("\n");
  expect(warnings.map(({ line }) => lines[line - 1]?.trim())).toEqual(
    due.map(({ line }) => expect.stringContaining(line)),
  );
});

test.for([
  ["that one part has", { type: "string", enum: ["red", 9] }, "no-enum-type-mismatch"],
  ["of the document as a whole", { type: "string", enum: ["red"], pattern: "[" }, "schema-pattern"],
] as const)("a problem %s in another file is named with that file and its line", async ([, label, rule]) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "label.json"), JSON.stringify(label, undefined, 2));
  const schema = { $ref: "label.json" };
  const document = documentOf([
    {
      document: {
        paths: {
          "/labels": { post: operation("labels.create", { requestBody: { required: true, ...json(schema) } }) },
        },
      },
    },
  ]);
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  const error: unknown = await loadDocument(join(folder, "openapi.json")).catch((reason: unknown) => reason);
  expect((error as DocumentError).problems).toEqual([
    expect.objectContaining({
      file: expect.stringMatching(/label\.json$/),
      line: rule === "schema-pattern" ? 6 : 5,
      rule,
    }),
  ]);
});
