import { isDeepStrictEqual } from "node:util";
import type { Change, Level } from "./compare/change.ts";
import { compareDocuments } from "./compare/compare-documents.ts";
import { lostNames } from "./exported-names.ts";
import { type Files, hashGenerated, readCurrent, readReleased, releasedHash } from "./files.ts";

/** The least level of the next release, and the changes behind it. */
export interface Proposal {
  readonly level: Level;
  /** Whether nothing has been released yet. Then everything is new. */
  readonly isFirst: boolean;
  /** The gravest first. */
  readonly changes: readonly Change[];
  /** Changes of the generated files, which are told if there is no other, and may be told if there is. */
  readonly generated: readonly Change[];
}

export const FIRST: Proposal = { level: "major", isFirst: true, changes: [], generated: [] };

/** Compares the document, and what is generated from it, with what was released last. */
export async function propose(files: Files): Promise<Proposal> {
  const released = await readReleased(files);
  if (released === undefined) return FIRST;
  const document = await readCurrent(files);
  const comparison = compareDocuments(released, document);
  const lost = await lostNames(files, comparison.changes);
  const changes = [...lost, ...comparison.changes];
  const level = lost.length > 0 ? "major" : comparison.level;
  const isGenerated = releasedHash(files) !== hashGenerated(files);
  const generated = isGenerated ? [generatedChange(true), generatedChange(false)] : [];
  if (level !== "none" || !isGenerated) return { level, isFirst: false, changes, generated };
  const change = generatedChange(isDeepStrictEqual(released, document));
  return { level: "patch", isFirst: false, changes: [change, ...changes], generated };
}

/** A change of the generated files alone. */
function generatedChange(isSameDocument: boolean): Change {
  return {
    level: "patch",
    directions: ["documentation"],
    operations: [],
    pointer: "#",
    keyword: "openapi",
    what: isSameDocument
      ? "The generated files have changed, and the document has not."
      : "The generated files have changed in comments or in form.",
  };
}
