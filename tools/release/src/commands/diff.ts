import { readDocument } from "@mindbridge-sdk/openapi";
import { diffDocuments } from "../diff/diff-documents.ts";
import { type Files, filesOf, versionOf } from "../files.ts";
import { formatChange } from "../format.ts";
import { parseOptions } from "../options.ts";
import { FIRST, type Proposal, propose } from "../proposal.ts";
import { readReleased } from "../released.ts";

const OPTIONS = { json: { type: "boolean" }, from: { type: "string" }, to: { type: "string" } } as const;

/** Says what has changed in the document since the last release, or between two files, and what that means for users. */
export async function diff(root: string, args: readonly string[]): Promise<number> {
  const { json, from, to } = parseOptions("spec:diff", args, OPTIONS);
  const files = filesOf(root);
  const compared = from === undefined && to === undefined ? await propose(files) : await compare(files, from, to);
  if (json === true) console.log(JSON.stringify(compared, null, 2));
  else console.log(describe(compared, from ?? `the release ${versionOf(files)}`));
  return 0;
}

/** Compares two documents alone: what would be generated from them is not there. */
async function compare(files: Files, from: string | undefined, to: string | undefined): Promise<Proposal> {
  const base = from === undefined ? await readReleased(files) : await readDocument(from);
  if (base === undefined) return FIRST;
  return { isFirst: false, ...(await diffDocuments(base, await readDocument(to ?? files.document))) };
}

function describe({ level, isFirst, changes }: Proposal, since: string): string {
  if (isFirst) return "Nothing has been released yet: everything is new, and the first release is 1.0.0.";
  if (changes.length === 0) return `Nothing has changed since ${since}.`;
  const counted = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return [...changes.map(formatChange), `${counted} since ${since}, for users: ${level}.`].join("\n\n");
}
