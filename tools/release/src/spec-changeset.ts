import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readDocument } from "@mindbridge-sdk/openapi";
import { type Document, parseDocument } from "yaml";
import {
  type Changeset,
  fixedPackages,
  parseChangeset,
  plannedLevel,
  readChangesets,
  splitChangeset,
} from "./changesets.ts";
import { highest, isAtLeast, LEVELS, type Level } from "./compare/change.ts";
import type { Files } from "./files.ts";
import { findPart, hashOf, isEdited, type Part, withoutMarks, writePart } from "./part.ts";
import { type Proposal, propose } from "./proposal.ts";
import { summarise, summariseFirst } from "./summary.ts";

/** The changeset that follows from the document. */
export interface SpecChangeset {
  readonly file: string;
  /** The content of the file; nothing if it does not exist. */
  readonly before: string | undefined;
  /** The content that it should have; nothing if it should not exist. */
  readonly after: string | undefined;
}

const NAME = "spec.md";

/** Works out `.changeset/spec.md`. It keeps the words of a person, and a level that they raised. */
export async function specChangeset(files: Files, proposal: Proposal): Promise<SpecChangeset> {
  const file = join(files.changesets, NAME);
  const before = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : undefined;
  const own = before === undefined ? [] : [parseChangeset(NAME, before)];
  const others = readChangesets(files, NAME);
  const summary = await summaryOf(files, proposal, others);
  if (summary === undefined) return { file, before, after: before && withoutPart(before) };
  const { level } = proposal;
  const packages = fixedPackages(files);
  const isCovered = isAtLeast(plannedLevel([...others, ...own], packages), level);
  // A changeset without the marks belongs to a person.
  const isOwn = own.some(({ text }) => findPart(text) === undefined && withoutMarks(text) !== "");
  if (isOwn && isCovered) return { file, before, after: before };
  return { file, before, after: withPart(before ?? "", packages, level, summary) };
}

/** Writes `.changeset/spec.md`, and returns a message on what was done. */
export async function writeChangeset(files: Files): Promise<string> {
  const proposal = await propose(files);
  const { file, before, after } = await specChangeset(files, proposal);
  const name = relative(files.root, file);
  if (after === before) {
    return after === undefined ? "The document has not changed: it needs no changeset." : `${name} is up to date.`;
  }
  if (after === undefined) {
    rmSync(file);
    return `Removed ${name}: its changes of the document are gone.`;
  }
  writeFileSync(file, after);
  const { text } = splitChangeset(after);
  if (proposal.level === "none") {
    const rest =
      text === ""
        ? "The file still asks for the level that you set. Write the reason, or delete it."
        : "Your words stay.";
    return `Removed the generated part of ${name}: its changes of the document are gone. ${rest}`;
  }
  const part = findPart(text);
  const hasWords = [part?.before, part?.after].some((each) => withoutMarks(each ?? "") !== "");
  const advice = hasWords ? "Your words stay: check that they still fit." : "Add words of your own if they help users.";
  const level = highest(Object.values(parseChangeset(name, after).bumps));
  return `Wrote ${name}, for a ${level} release. ${advice}`;
}

/** The text on the changes of the document. If a person has written the one on the first release, there is none. */
async function summaryOf(files: Files, { level, isFirst, changes }: Proposal, others: readonly Changeset[]) {
  if (level === "none") return undefined;
  if (!isFirst) return summarise(level, changes);
  const isWritten = plannedLevel(others, fixedPackages(files)) === "major";
  return isWritten ? undefined : summariseFirst(await readDocument(files.document));
}

function withPart(before: string, packages: readonly string[], level: Level, summary: string): string {
  const { head, text } = splitChangeset(before);
  const part = findPart(text);
  const bumps = parseDocument(head);
  const least = leastLevel(bumps, packages, part);
  const isChanged = setLevels(bumps, packages, { level, least, written: part?.level });
  const hash = hashOf(summary);
  // The part describes these changes already, perhaps in the words of a person.
  const isCurrent = part?.hash === hash;
  if (isCurrent && part.level === level && !isChanged) return before;
  const written = writePart({ level, least, hash, text: isCurrent ? part.text : summary });
  const above = part === undefined ? [text] : [part.before, isCurrent ? "" : ownWords(part)];
  const parts = [...above.map(withoutMarks), written, withoutMarks(part?.after ?? "")];
  return changesetOf(bumps.toString({ lineWidth: 0 }), parts);
}

function withoutPart(before: string): string | undefined {
  const { head, text } = splitChangeset(before);
  const part = findPart(text);
  if (part === undefined) return before;
  const words = [part.before, ownWords(part), part.after].map(withoutMarks);
  const least = leastLevel(parseDocument(head), Object.keys(parseChangeset(NAME, before).bumps), part);
  return least === undefined && words.every((each) => each === "") ? undefined : changesetOf(head, words);
}

function changesetOf(head: string, parts: readonly string[]): string {
  const text = parts.filter(Boolean).flatMap((each) => ["", each]);
  return `${["---", head.trim(), "---", ...text].join("\n")}\n`;
}

/** The text of the part, if a person has edited it. */
function ownWords(part: Part): string {
  return isEdited(part) ? part.text : "";
}

function levelIn(bumps: Document, name: string): Level | undefined {
  return LEVELS.find((each) => each === bumps.get(name));
}

/** The level above that of the document that a person has set, now or before the document reached it. */
function leastLevel(bumps: Document, packages: readonly string[], part: Part | undefined): Level | undefined {
  const now = highest(packages.flatMap((name) => levelIn(bumps, name) ?? []));
  if (!isAtLeast(part?.level ?? "none", now)) return now;
  return part?.least !== undefined && isAtLeast(now, part.least) ? part.least : undefined;
}

interface Levels {
  /** The level that the document asks for. */
  readonly level: Level;
  /** The least level that a person has set. */
  readonly least: Level | undefined;
  /** The level that was written the last time. */
  readonly written: Level | undefined;
}

/** Raises levels that are too low, and lowers those that no person has set. Returns whether a level has changed. */
function setLevels(bumps: Document, packages: readonly string[], { level, least, written }: Levels): boolean {
  const named = packages.filter((name) => bumps.get(name) !== undefined);
  const changed = (named.length > 0 ? named : packages).filter((name) => {
    const now = levelIn(bumps, name);
    const isKept = now !== undefined && least !== undefined && isAtLeast(now, least);
    const own = isKept ? least : now === written ? "none" : (now ?? "none");
    const next = highest([own, level]);
    bumps.set(name, next);
    return next !== now;
  });
  return changed.length > 0;
}
