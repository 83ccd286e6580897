import { existsSync } from "node:fs";
import type { Change } from "./diff/change.ts";
import { diffDocuments } from "./diff/diff-documents.ts";
import type { Level } from "./diff/level.ts";
import { readDocument } from "./diff/read-document.ts";
import { type Files, hashGenerated } from "./files.ts";
import { releasedHash } from "./released.ts";

/** What the next release has to be, at least. */
export interface Proposal {
  readonly level: Level;
  /** Before the first release, there is nothing to compare with: everything is new. */
  readonly isFirst: boolean;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

/** Compares the document, and what is generated from it, with what was released last. */
export async function propose(files: Files): Promise<Proposal> {
  if (!existsSync(files.released)) return { level: "major", isFirst: true, changes: [] };
  const diff = await diffDocuments(await readDocument(files.released), await readDocument(files.document));
  if (diff.level !== "none" || releasedHash(files) === hashGenerated(files)) return { ...diff, isFirst: false };
  return {
    level: "patch",
    isFirst: false,
    changes: [
      {
        level: "patch",
        directions: ["documentation"],
        operations: [],
        pointer: "#",
        what: "What is generated from the document has changed, and the document has not.",
        reason: "The generator is another one: the same types and names, written in another way.",
      },
    ],
  };
}
