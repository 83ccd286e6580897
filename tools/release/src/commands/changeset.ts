import { rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { type Files, filesOf } from "../files.ts";
import { propose } from "../proposal.ts";
import { specChangeset } from "../spec-changeset.ts";

/** Writes the changeset that follows from the document. */
export async function changeset(root: string): Promise<number> {
  console.log(await writeChangeset(filesOf(root)));
  return 0;
}

/** Writes it, and returns what there is to say of that. */
export async function writeChangeset(files: Files): Promise<string> {
  const proposal = await propose(files);
  const { file, before, after } = await specChangeset(files, proposal);
  const name = relative(files.root, file);
  if (after === before) {
    return after === undefined ? "There is nothing to say: the document needs no changeset." : `${name} is up to date.`;
  }
  if (after === undefined) {
    rmSync(file);
    return `Removed ${name}: what it said of the document is no longer so.`;
  }
  writeFileSync(file, after);
  return proposal.level === "none"
    ? `Took out of ${name} what it said of the document, which is no longer so.`
    : `Wrote ${name}, for a release that is ${proposal.level}. Add your own words where they help users.`;
}
