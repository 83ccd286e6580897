import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { diffDocuments } from "../diff/diff-documents.ts";
import { readDocument } from "../diff/read-document.ts";
import { filesOf, versionOf } from "../files.ts";
import { formatChange } from "../format.ts";
import type { Proposal } from "../proposal.ts";

const OPTIONS = { json: { type: "boolean" }, from: { type: "string" }, to: { type: "string" } } as const;

/** Says what has changed in the document since the last release, or between two files, and what that means for users. */
export async function diff(root: string, args: readonly string[]): Promise<number> {
  const { json, from, to } = parseArgs({ args: [...args], options: OPTIONS }).values;
  const files = filesOf(root);
  const isFirst = from === undefined && !existsSync(files.released);
  const compared: Proposal = isFirst
    ? { level: "major", isFirst, changes: [] }
    : {
        isFirst,
        ...(await diffDocuments(await readDocument(from ?? files.released), await readDocument(to ?? files.document))),
      };
  if (json === true) console.log(JSON.stringify(compared, null, 2));
  else console.log(describe(compared, from ?? `the release ${versionOf(files)}`));
  return 0;
}

function describe({ level, isFirst, changes }: Proposal, since: string): string {
  if (isFirst) return "Nothing has been released yet: everything is new, and the first release is 1.0.0.";
  if (changes.length === 0) return `Nothing has changed since ${since}.`;
  const counted = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return [...changes.map(formatChange), `${counted} since ${since}, for users: ${level}.`].join("\n\n");
}
