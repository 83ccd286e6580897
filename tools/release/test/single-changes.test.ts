import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { describe, expect, test } from "vitest";
import { diffDocuments } from "../src/diff/diff-documents.ts";
import { readDocument } from "../src/diff/read-document.ts";
import { edited } from "./edit.ts";
import { addWhatIsMissing, SINGLE_CHANGES } from "./single-changes.ts";

const base = edited(await readDocument(join(ROOT, "spec/openapi.yaml")), addWhatIsMissing);

test("a document is the same as itself", async () => {
  expect(await diffDocuments(base, base)).toEqual({ level: "none", changes: [] });
});

describe.each(Object.entries(SINGLE_CHANGES))("%s", (_, changes) => {
  test.concurrent.each(
    changes.flatMap(({ title, edit, made, undone }) => {
      const after = edited(base, edit);
      return [
        { title, from: base, to: after, expected: made },
        { title: `${title}: undone`, from: after, to: base, expected: undone },
      ];
    }),
  )("$title", async ({ from, to, expected: [level, ...directions] }) => {
    const diff = await diffDocuments(from, to);
    const gravest = diff.changes.filter((change) => change.level === diff.level);
    const found = [...new Set(gravest.flatMap((change) => change.directions))].toSorted();
    expect({ level: diff.level, directions: found }, JSON.stringify(diff.changes, null, 2)).toEqual({
      level,
      directions: directions.toSorted(),
    });
  });
});
