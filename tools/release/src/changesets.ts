import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import { highest, LEVELS, type Level } from "./diff/level.ts";
import { type Files, readKept } from "./files.ts";
import { withoutMarks } from "./part.ts";

/** A file of `.changeset/`: what a change asks of the next version of packages, and what it says to users. */
export interface Changeset {
  readonly name: string;
  readonly bumps: Readonly<Record<string, Level>>;
  readonly text: string;
}

/**
 * Those that wait for the next release, but for the file of a name.
 *
 * @throws {Error} if one cannot be released.
 */
export function readChangesets(files: Files, except?: string): Changeset[] {
  const { changesets, problems } = examineChangesets(files, except);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return changesets;
}

/** Those that wait for the next release, and what is wrong with the others. */
export function examineChangesets(
  files: Files,
  except?: string,
): { readonly changesets: Changeset[]; readonly problems: string[] } {
  const changesets: Changeset[] = [];
  const problems: string[] = [];
  for (const name of changesetNames(files).filter((each) => each !== except)) {
    try {
      const changeset = parseChangeset(name, readFileSync(join(files.changesets, name), "utf8"));
      changesets.push(changeset);
      problems.push(...problemsOf(changeset, fixedPackages(files)));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return { changesets, problems };
}

function changesetNames({ changesets }: Files): string[] {
  if (!existsSync(changesets)) return [];
  return readdirSync(changesets)
    .filter((file) => file.endsWith(".md") && !file.startsWith(".") && file.toLowerCase() !== "readme.md")
    .toSorted();
}

/** What changesets would fail at when it releases, or what it would publish without a word. */
function problemsOf({ name, bumps, text }: Changeset, packages: readonly string[]): string[] {
  const unknown = Object.keys(bumps).filter((each) => !packages.includes(each));
  const level = highest(Object.values(bumps));
  return [
    ...unknown.map(
      (each) =>
        `.changeset/${name} names \`${each}\`, which is not released: correct it to one of ${packages.join(", ")}.`,
    ),
    ...(level !== "none" && withoutMarks(text) === ""
      ? [`.changeset/${name} asks for a release that is ${level}, and does not say why: write it, or delete the file.`]
      : []),
  ];
}

/**
 * Reads a changeset as the tool of that name does.
 *
 * @throws {Error} if it is none.
 */
export function parseChangeset(name: string, content: string): Changeset {
  try {
    const { releases, summary } = parseChangesetFile(content);
    return { name, bumps: Object.fromEntries(releases.map((each) => [each.name, each.type])), text: summary };
  } catch (cause) {
    const [what = ""] = (cause as Error).message.replace(/^could not parse changeset - /, "").split("\n");
    throw new Error(
      `.changeset/${name} is no changeset: ${what} Begin it with a line \`---\`, the packages with their levels ` +
        `(${LEVELS.join(", ")}), as \`"@mindbridge-sdk/client": minor\`, and another line \`---\`.`,
      { cause },
    );
  }
}

/** The YAML between the lines `---`, and the Markdown around them, split as changesets does it. */
export function splitChangeset(content: string): { readonly head: string; readonly text: string } {
  const found = /\s*---([\s\S]*?)\r?\n\s*---(\s*(?:\n|$)[\s\S]*)/.exec(content);
  const [, head = "", behind = content] = found ?? [];
  const text = [content.slice(0, found?.index ?? 0), behind].map((each) => each.trim());
  return { head: head.trim(), text: text.filter(Boolean).join("\n\n") };
}

/** The packages that have one version: the group that the configuration of changesets calls `fixed`. */
export function fixedPackages(files: Files): readonly string[] {
  const { fixed } = readKept(files, ".changeset/config.json", JSON.parse) as { fixed?: string[][] };
  const group = fixed?.find((names) => names.includes("@mindbridge-sdk/spec"));
  if (group === undefined) {
    throw new Error("`fixed` in .changeset/config.json has no group with @mindbridge-sdk/spec: the packages need one.");
  }
  return group;
}

/** What the changesets ask for. One that names a package of the group asks for all of them. */
export function plannedLevel(changesets: readonly Changeset[], packages: readonly string[]): Level {
  return highest(
    changesets.flatMap(({ bumps }) =>
      Object.entries(bumps).flatMap(([name, level]) => (packages.includes(name) ? [level] : [])),
    ),
  );
}
