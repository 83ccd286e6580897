import { readDocument } from "@mindbridge-sdk/openapi";
import type { Change } from "./diff/change.ts";
import { diffDocuments } from "./diff/diff-documents.ts";
import { isEqual } from "./diff/json.ts";
import type { Level } from "./diff/level.ts";
import { type Files, hashGenerated } from "./files.ts";
import { readReleased, releasedHash } from "./released.ts";

/** What the next release has to be, at least. */
export interface Proposal {
  readonly level: Level;
  /** Before the first release, there is nothing to compare with: everything is new. */
  readonly isFirst: boolean;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

export const FIRST: Proposal = { level: "major", isFirst: true, changes: [] };

/** Compares the document, and what is generated from it, with what was released last. */
export async function propose(files: Files): Promise<Proposal> {
  const released = await readReleased(files);
  if (released === undefined) return FIRST;
  const document = await readDocument(files.document);
  const { level, changes } = await diffDocuments(released, document);
  if (level !== "none" || releasedHash(files) === hashGenerated(files)) return { level, isFirst: false, changes };
  return { level: "patch", isFirst: false, changes: [generatedChange(isEqual(released, document)), ...changes] };
}

/** What users get is written otherwise, and no rule finds more in that. */
function generatedChange(isSameDocument: boolean): Change {
  return {
    level: "patch",
    directions: ["documentation"],
    operations: [],
    pointer: "#",
    ...(isSameDocument
      ? {
          what: "What is generated from the document has changed, and the document has not.",
          reason: "The generator is another one: the same types and names, written in another way.",
        }
      : {
          what: "What is generated from the document has changed in its comments, or in how it is written.",
          reason: "The document says the same to users' code, in another way.",
        }),
  };
}
