import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
import { highest, isAtLeast, LEVELS, type Level } from "./diff/level.ts";
import type { Files } from "./files.ts";
import { findPart, hashOf, isEdited, type Part, withoutMarks, writePart } from "./part.ts";
import type { Proposal } from "./proposal.ts";
import { summarise, summariseFirst } from "./summary.ts";

/** The changeset that follows from the document. */
export interface SpecChangeset {
  readonly file: string;
  /** What the file has; nothing where it is not there. */
  readonly before: string | undefined;
  /** What it should have; nothing where it should not be there. */
  readonly after: string | undefined;
}

const NAME = "spec.md";

/** Says what `.changeset/spec.md` should have: what a person wrote there stays, and a level that they raised stays raised. */
export async function specChangeset(files: Files, proposal: Proposal): Promise<SpecChangeset> {
  const file = join(files.changesets, NAME);
  const before = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : undefined;
  const own = before === undefined ? [] : [parseChangeset(NAME, before)];
  const others = readChangesets(files, NAME);
  const said = await saidOf(files, proposal, others);
  if (said === undefined) return { file, before, after: before && withoutPart(before) };
  const { level } = proposal;
  const packages = fixedPackages(files);
  const isCovered = isAtLeast(plannedLevel([...others, ...own], packages), level);
  // Without the marks it is a person's, as every other changeset is.
  const isOwn = own.some(({ text }) => findPart(text) === undefined && withoutMarks(text) !== "");
  if (isOwn && isCovered) return { file, before, after: before };
  return { file, before, after: withPart(before ?? "", packages, level, said) };
}

/** What there is to say of the document. What a first release says is for a person to write, once, and what is in it changes until then. */
async function saidOf(files: Files, { level, isFirst, changes }: Proposal, others: readonly Changeset[]) {
  if (level === "none") return undefined;
  if (!isFirst) return summarise(level, changes);
  const isSaid = plannedLevel(others, fixedPackages(files)) === "major";
  return isSaid ? undefined : summariseFirst(await readDocument(files.document));
}

function withPart(before: string, packages: readonly string[], level: Level, said: string): string {
  const { head, text } = splitChangeset(before);
  const part = findPart(text);
  const bumps = parseDocument(head);
  const least = leastLevel(bumps, packages, part);
  const isChanged = setLevels(bumps, packages, { level, least, written: part?.level });
  const hash = hashOf(said);
  // It tells of this very change, in whoever's words.
  const isTold = part?.hash === hash;
  if (isTold && part.level === level && !isChanged) return before;
  const written = writePart({ level, least, hash, text: isTold ? part.text : said });
  const above = part === undefined ? [text] : [part.before, isTold ? "" : ownWords(part)];
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

/** What a person wrote in place of what was written for them. */
function ownWords(part: Part): string {
  return isEdited(part) ? part.text : "";
}

function levelIn(bumps: Document, name: string): Level | undefined {
  return LEVELS.find((each) => each === bumps.get(name));
}

/** The level that a person has set above that of the document, now or before the document reached it. */
function leastLevel(bumps: Document, packages: readonly string[], part: Part | undefined): Level | undefined {
  const now = highest(packages.flatMap((name) => levelIn(bumps, name) ?? []));
  if (!isAtLeast(part?.level ?? "none", now)) return now;
  return part?.least !== undefined && isAtLeast(now, part.least) ? part.least : undefined;
}

interface Levels {
  /** What the document asks for. */
  readonly level: Level;
  /** What a person wants at least. */
  readonly least: Level | undefined;
  /** What was written the last time. */
  readonly written: Level | undefined;
}

/** Raises the levels of a head that are too low, and lowers those that no person has set. Returns whether one has changed. */
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
