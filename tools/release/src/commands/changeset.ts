import { rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { parseChangeset, splitChangeset } from "../changesets.ts";
import { highest } from "../diff/level.ts";
import { type Files, filesOf } from "../files.ts";
import { findPart, withoutMarks } from "../part.ts";
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
  const { text } = splitChangeset(after);
  if (proposal.level === "none") {
    const rest =
      text === "" ? "It still asks for the level that you set: say why in it, or delete it." : "Your words stay.";
    return `Took out of ${name} what it said of the document, which is no longer so. ${rest}`;
  }
  const part = findPart(text);
  const hasWords = [part?.before, part?.after].some((each) => withoutMarks(each ?? "") !== "");
  const advice = hasWords ? "Your words stay: see that they still fit." : "Add your own words where they help users.";
  const level = highest(Object.values(parseChangeset(name, after).bumps));
  return `Wrote ${name}, for a release that is ${level}. ${advice}`;
}
