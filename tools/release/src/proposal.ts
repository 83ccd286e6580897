import { isDeepStrictEqual } from "node:util";
import { readDocument } from "@mindbridge-sdk/openapi";
import type { Change, Level } from "./compare/change.ts";
import { compareDocuments } from "./compare/compare-documents.ts";
import { type Files, hashGenerated, readReleased, releasedHash } from "./files.ts";

/** The least level of the next release, and the changes behind it. */
export interface Proposal {
  readonly level: Level;
  /** Whether nothing has been released yet. Then everything is new. */
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
  const { level, changes } = compareDocuments(released, document);
  if (level !== "none" || releasedHash(files) === hashGenerated(files)) return { level, isFirst: false, changes };
  return {
    level: "patch",
    isFirst: false,
    changes: [generatedChange(isDeepStrictEqual(released, document)), ...changes],
  };
}

/** A change of the generated files alone. */
function generatedChange(isSameDocument: boolean): Change {
  return {
    level: "patch",
    directions: ["documentation"],
    operations: [],
    pointer: "#",
    keyword: "openapi",
    ...(isSameDocument
      ? {
          what: "The generated files have changed, and the document has not.",
          reason: "The generator has changed. It writes the same types and names in another way.",
        }
      : {
          what: "The generated files have changed in comments or in form.",
          reason: "For users' code, the document means the same.",
        }),
  };
}
