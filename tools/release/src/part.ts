import { createHash } from "node:crypto";
import { LEVELS, type Level } from "./compare/change.ts";

/** The generated part of `.changeset/spec.md`, between two lines that mark it. */
export interface Part {
  /** The level that the document asks for. */
  readonly level: Level;
  /** The least level that a person has set. */
  readonly least: Level | undefined;
  /** The hash of the generated text. If the text has another one, a person has edited it. */
  readonly hash: string;
  readonly text: string;
  /** The text around the part. */
  readonly before: string;
  readonly after: string;
}

const END = "<!-- the end of this part -->";
// A match must not span another opening line: a person may have deleted an end.
const PART =
  /<!-- pnpm spec:changeset writes this part: (\w+)(?:, at least (\w+))? \(([0-9a-f]{8})\) -->((?:(?!<!-- pnpm spec:changeset)[\s\S])*?)<!-- the end of this part -->/;

/** Finds the part in the text of a changeset. Without both marks there is none, and a person owns the whole text. */
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

/** Whether a person has edited the part. */
export function isEdited({ text, hash }: Part): boolean {
  return hashOf(text) !== hash;
}

/** The text of a changeset without the marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/<!-- (?:pnpm spec:changeset writes this part: .*|the end of this part) -->\n*/g, "").trim();
}
