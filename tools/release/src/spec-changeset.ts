import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type Changeset, fileName, fixedPackages, plannedLevel, readChangesets, splitChangeset } from "./changesets.ts";
import { type Change, highest, isAtLeast, type Level } from "./compare/change.ts";
import { type Files, readCurrent } from "./files.ts";
import { type Proposal, propose } from "./proposal.ts";
import { describeChange, summariseFirst } from "./summary.ts";

/** A changeset that follows from the document. Its name follows from the change, so that each change has a file of its own. */
export interface Announcement {
  /** The file in `.changeset/`. */
  readonly name: string;
  readonly level: Level;
  readonly text: string;
  readonly changes: readonly Change[];
}

const PREFIX = "contract-";

/** The changesets that the changes of the document need, and those that describe a change that is no longer there. */
export interface Announcements {
  /** No file, or one of a lower level, and no changeset in a person's words of at least the level. */
  readonly missing: readonly Announcement[];
  /** The names of files. */
  readonly stale: readonly string[];
}

export async function announcements(files: Files, proposal: Proposal): Promise<Announcements> {
  const changesets = readChangesets(files);
  const packages = fixedPackages(files);
  const levelOf = (some: readonly Changeset[]): Level => plannedLevel(some, packages);
  const own = (each: Changeset): boolean => fileName(each).startsWith(PREFIX);
  const needed = await neededFor(files, proposal);
  const described = new Set([...needed.map(({ name }) => name), ...proposal.generated.map(nameOf)]);
  const byPeople = levelOf(changesets.filter((each) => !own(each)));
  return {
    missing: needed.filter(({ name, level }) => {
      const written = levelOf(changesets.filter((each) => fileName(each) === name));
      return !isAtLeast(highest([byPeople, written]), level);
    }),
    stale: changesets.filter((each) => own(each) && !described.has(fileName(each))).map(({ name }) => name),
  };
}

async function neededFor(files: Files, { isFirst, changes }: Proposal): Promise<Announcement[]> {
  if (isFirst) {
    const text = summariseFirst(await readCurrent(files));
    return [{ name: "first-release.md", level: "major", text, changes: [] }];
  }
  const told = changes.filter(({ level }) => level !== "none");
  return [...Map.groupBy(told, nameOf)].map(([name, same]) => ({
    name,
    level: highest(same.map(({ level }) => level)),
    text:
      same.length > 1 ? `${same.length} descriptions and examples have changed.` : describeChange(same[0] as Change),
    changes: same,
  }));
}

/** What people read is one change, however many places there are. */
function nameOf({ directions, what }: Pick<Change, "directions" | "what">): string {
  const text =
    directions.every((each) => each === "documentation") && !what.startsWith("The generated") ? "documentation" : what;
  const words = text
    .toLowerCase()
    .replaceAll(/[\s`.,;:()[\]{}"'_-]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  // Signs, such as those of a pattern, tell two changes apart.
  return `${PREFIX}${words.replaceAll(/[^a-z0-9-]/g, (sign) => (sign.codePointAt(0) ?? 0).toString(16))}.md`;
}

/** Writes the changesets that are missing, and returns a message on what was done. A file is written once: afterwards only its level is raised. */
export async function writeChangesets(files: Files): Promise<string> {
  const proposal = await propose(files);
  const { missing, stale } = await announcements(files, proposal);
  const lines = missing.map((each) => write(files, each));
  if (missing.length > 0) lines.push("Edit the words as you like: no command changes them.");
  lines.push(...stale.map(describeStale));
  if (lines.length > 0) return lines.join("\n");
  return proposal.level === "none"
    ? "The document has not changed: it needs no changeset."
    : "Every change of the document has its changeset.";
}

/** What to do about a changeset whose change is gone. */
export function describeStale(name: string): string {
  return `.changeset/${name} describes a change that the document does not have. Delete it, or rename it if it says more than that.`;
}

function write(files: Files, { name, level, text }: Announcement): string {
  const written = readChangesets(files).find((each) => fileName(each) === name);
  const file = join(files.changesets, written?.name ?? name);
  if (written === undefined) {
    const bumps = fixedPackages(files).map((each) => `"${each}": ${level}`);
    writeFileSync(file, ["---", ...bumps, "---", "", text, ""].join("\n"));
    return `Wrote .changeset/${name}, for a ${level} release.`;
  }
  const { head, text: words } = splitChangeset(readFileSync(file, "utf8"));
  const bumps = parseDocument(head);
  const named = fixedPackages(files).filter((each) => bumps.get(each) !== undefined);
  for (const each of named.length > 0 ? named : fixedPackages(files)) bumps.set(each, level);
  writeFileSync(file, ["---", bumps.toString({ lineWidth: 0 }).trim(), "---", "", words, ""].join("\n"));
  return `Raised .changeset/${name} to ${level}: the change is graver than its changeset said.`;
}
