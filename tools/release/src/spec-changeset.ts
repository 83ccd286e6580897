import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { fixedPackages, plannedLevel, readChangesets, splitChangeset } from "./changesets.ts";
import { highest, LEVELS, type Level } from "./diff/level.ts";
import { readDocument } from "./diff/read-document.ts";
import type { Files } from "./files.ts";
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

// What is between these lines is written anew each time. The first one keeps the level, to tell it from one that a person chose.
const PART = /<!-- pnpm spec:changeset writes this part: (\w+) -->[\s\S]*?<!-- the end of this part -->/;
const part = (level: Level, text: string): string =>
  `<!-- pnpm spec:changeset writes this part: ${level} -->\n\n${text}\n\n<!-- the end of this part -->`;

/** The text of a changeset without the lines that mark its generated part. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/<!-- (?:pnpm spec:changeset writes this part: \w+|the end of this part) -->\n*/g, "").trim();
}

/** Says what `.changeset/spec.md` should have: what a person wrote there stays, and a version they raised stays raised. */
export async function specChangeset(files: Files, { level, isFirst, changes }: Proposal): Promise<SpecChangeset> {
  const file = join(files.changesets, "spec.md");
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const packages = fixedPackages(files);
  const others = readChangesets(files).filter(({ name }) => name !== "spec.md");
  // What a first release says is for a person to write, once, and what is in it changes until then.
  const isSaid = isFirst && plannedLevel(others, packages) === "major";
  if (level === "none" || isSaid) return { file, before, after: before && withoutPart(before) };
  const text = isFirst ? summariseFirst(await readDocument(files.document)) : summarise(level, changes);
  return { file, before, after: withPart(before ?? "", packages, level, text) };
}

function withPart(before: string, packages: readonly string[], level: Level, text: string): string {
  const { head, text: body } = splitChangeset(before);
  const ours = PART.exec(body)?.[1];
  const bumps = parseDocument(head);
  const named = packages.filter((name) => bumps.get(name) !== undefined);
  for (const name of named.length > 0 ? named : packages) {
    const now = LEVELS.find((each) => each === bumps.get(name));
    bumps.set(name, now === undefined || now === ours ? level : highest([now, level]));
  }
  const written = part(level, text);
  const merged =
    ours === undefined ? [body.trim(), written].filter(Boolean).join("\n\n") : body.replace(PART, () => written).trim();
  return `---\n${bumps.toString({ lineWidth: 0 }).trim()}\n---\n\n${merged}\n`;
}

function withoutPart(before: string): string | undefined {
  const { head, text } = splitChangeset(before);
  const rest = text.replace(PART, "").trim();
  return rest === "" ? undefined : `---\n${head.trim()}\n---\n\n${rest}\n`;
}
