import { createHash } from "node:crypto";
import { LEVELS, type Level } from "./diff/level.ts";

/** The part of `.changeset/spec.md` that follows from the document, between two lines that mark it. */
export interface Part {
  /** What the document asks for. */
  readonly level: Level;
  /** What a person wants at least, whatever the document asks for. */
  readonly least: Level | undefined;
  /** That of what was written, which tells whether a person has changed it. */
  readonly hash: string;
  readonly text: string;
  /** What stands before it, and behind it. */
  readonly before: string;
  readonly after: string;
}

const END = "<!-- the end of this part -->";
// None reaches over another opening line, whose end a person may have deleted.
const PART =
  /<!-- pnpm spec:changeset writes this part: (\w+)(?:, at least (\w+))? \(([0-9a-f]{8})\) -->((?:(?!<!-- pnpm spec:changeset)[\s\S])*?)<!-- the end of this part -->/;

/** Finds the part in the text of a changeset. Nothing where a person has taken a mark away: then all is theirs. */
export function findPart(text: string): Part | undefined {
  const found = PART.exec(text);
  const [whole = "", level, least, hash = "", inner = ""] = found ?? [];
  const known = LEVELS.find((each) => each === level);
  if (found === null || known === undefined) return undefined;
  return {
    level: known,
    least: LEVELS.find((each) => each === least),
    hash,
    text: inner.trim(),
    before: text.slice(0, found.index),
    after: text.slice(found.index + whole.length),
  };
}

export function writePart({ level, least, hash, text }: Pick<Part, "level" | "least" | "hash" | "text">): string {
  const levels = least === undefined ? level : `${level}, at least ${least}`;
  return `<!-- pnpm spec:changeset writes this part: ${levels} (${hash}) -->\n\n${text}\n\n${END}`;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text.trim()).digest("hex").slice(0, 8);
}

/** Whether a person has changed it since it was written. */
export function isEdited({ text, hash }: Part): boolean {
  return hashOf(text) !== hash;
}

/** The text of a changeset without the lines that mark its generated part. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/<!-- (?:pnpm spec:changeset writes this part: .*|the end of this part) -->\n*/g, "").trim();
}
