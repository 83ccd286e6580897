import { edited, readDocument } from "@mindbridge-sdk/openapi";
import { CORPUS, MISSING } from "@mindbridge-sdk/openapi/corpus";
import { describe, expect, test } from "vitest";
import { compareDocuments } from "../src/compare/compare-documents.ts";
import { DOCUMENT } from "./repository.ts";

const base = edited(await readDocument(DOCUMENT), MISSING);

test("a document is the same as itself", () => {
  expect(compareDocuments(base, structuredClone(base))).toEqual({ level: "none", changes: [] });
});

describe.each(Object.entries(CORPUS))("%s", (_, changes) => {
  test.each(
    changes.flatMap(({ title, edits, made, undone }) => {
      if (made === undefined || undone === undefined) return [];
      const after = edited(base, edits);
      return [
        { title, compare: () => compareDocuments(base, after), expected: made },
        { title: `${title}: undone`, compare: () => compareDocuments(after, base), expected: undone },
      ];
    }),
  )("$title", ({ compare, expected: [level, ...directions] }) => {
    const { level: found, changes: all } = compare();
    const gravest = all.filter((change) => change.level === found);
    const met = [...new Set(gravest.flatMap((change) => change.directions))].toSorted();
    expect({ level: found, directions: met }, JSON.stringify(all, null, 2)).toEqual({
      level,
      directions: directions.toSorted(),
    });
  });
});
