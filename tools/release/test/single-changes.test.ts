import { join } from "node:path";
import { edited, readDocument } from "@mindbridge-sdk/openapi";
import { CORPUS, MISSING } from "@mindbridge-sdk/openapi/corpus";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { describe, expect, test } from "vitest";
import { diffDocuments } from "../src/diff/diff-documents.ts";
import type { Difference } from "../src/diff/difference.ts";
import { canonical } from "../src/diff/json.ts";
import { redoclyDiff } from "../src/diff/redocly.ts";

const base = edited(await readDocument(join(ROOT, "spec/openapi.yaml")), MISSING);

test("a document is the same as itself", async () => {
  expect(await diffDocuments(base, base)).toEqual({ level: "none", changes: [] });
});

/** Redocly's differences, with the two documents the other way round. */
function mirrored(differences: readonly Difference[]): Difference[] {
  const kinds = { added: "removed", removed: "added", modified: "modified" } as const;
  return differences.map(({ kind, base: before, revision: after, ...rest }) => ({
    ...rest,
    kind: kinds[kind],
    base: after,
    revision: before,
  }));
}

test("Redocly finds the same the other way round, but for the way to what is renamed", async () => {
  const titles = ["an operation is added", "a field is renamed", "a required field is added", "a schema is renamed"];
  const changes = Object.values(CORPUS).flatMap((all) => all.filter(({ title }) => titles.includes(title)));
  const after = edited(
    base,
    changes.flatMap(({ edits }) => edits),
  );
  const withoutPath = (differences: readonly Difference[]) =>
    new Set(differences.map((difference) => canonical({ ...difference, path: undefined })));
  expect(withoutPath(mirrored(await redoclyDiff(base, after)))).toEqual(withoutPath(await redoclyDiff(after, base)));
});

/** Redocly's comparison for both directions of a change, made once: it takes most of the time. */
function comparedOnce() {
  let found: ReturnType<typeof redoclyDiff> | undefined;
  const made: typeof redoclyDiff = (from, to) => {
    found ??= redoclyDiff(from, to);
    return found;
  };
  const undone: typeof redoclyDiff = async (from, to) => mirrored(await made(to, from));
  return { made, undone };
}

describe.each(Object.entries(CORPUS))("%s", (_, changes) => {
  test.concurrent.each(
    changes.flatMap(({ title, edits, made, undone }) => {
      if (made === undefined || undone === undefined) return [];
      const after = edited(base, edits);
      const compare = comparedOnce();
      return [
        { title, diff: () => diffDocuments(base, after, compare.made), expected: made },
        { title: `${title}: undone`, diff: () => diffDocuments(after, base, compare.undone), expected: undone },
      ];
    }),
  )("$title", async ({ diff, expected: [level, ...directions] }) => {
    const { level: found, changes: all } = await diff();
    const gravest = all.filter((change) => change.level === found);
    const met = [...new Set(gravest.flatMap((change) => change.directions))].toSorted();
    expect({ level: found, directions: met }, JSON.stringify(all, null, 2)).toEqual({
      level,
      directions: directions.toSorted(),
    });
  });
});
