import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import { highest, LEVELS, type Level } from "./compare/change.ts";
import { type Files, preReleaseTag, readKept } from "./files.ts";

/** A file of `.changeset/`: the levels that a change asks for, and its text for users. */
export interface Changeset {
  /** The path of the file in `.changeset/`. */
  readonly name: string;
  readonly bumps: Readonly<Record<string, Level>>;
  readonly text: string;
}

/**
 * The changesets that wait for the next release. Those that a pre-release has had wait for the release after it.
 *
 * @throws {Error} if one of them cannot be released.
 */
export function readChangesets(files: Files): Changeset[] {
  const { changesets, problems } = examineChangesets(files);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return changesets;
}

/** The changesets that wait for the next release, and the problems of those that cannot be released. */
export function examineChangesets(files: Files): { readonly changesets: Changeset[]; readonly problems: string[] } {
  const changesets: Changeset[] = [];
  const problems: string[] = [];
  for (const name of changesetNames(files)) {
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
  return ["", PRE_RELEASED].flatMap((folder) => {
    const files = existsSync(join(changesets, folder)) ? readdirSync(join(changesets, folder)) : [];
    const names = files.filter(
      (file) => file.endsWith(".md") && !file.startsWith(".") && file.toLowerCase() !== "readme.md",
    );
    return names.toSorted().map((name) => folder + name);
  });
}

/** changesets moves what a pre-release has had into this folder, until the release that follows. */
const PRE_RELEASED = "pre/";

function isPreReleased({ name }: Changeset): boolean {
  return name.startsWith(PRE_RELEASED);
}

/** The changesets that the next version is to have. Those that a pre-release has had wait for the release after it. */
export function waitingChangesets(files: Files): Changeset[] {
  const isInPreReleases = preReleaseTag(files) !== undefined;
  return readChangesets(files).filter((each) => !isInPreReleases || !isPreReleased(each));
}

/** The name of a changeset's file, wherever it is. */
export function fileName({ name }: Changeset): string {
  return name.replace(PRE_RELEASED, "");
}

/** What would make the release fail, or publish without a text. */
function problemsOf({ name, bumps, text }: Changeset, packages: readonly string[]): string[] {
  const unknown = Object.keys(bumps).filter((each) => !packages.includes(each));
  const level = highest(Object.values(bumps));
  return [
    ...(/^(<{7}|={7}|>{7})( |$)/m.test(text)
      ? [`.changeset/${name} holds the marks of a merge conflict. Keep the words that are right, and remove the marks.`]
      : []),
    ...unknown.map(
      (each) =>
        `.changeset/${name} names \`${each}\`, which is not released. Correct it to one of ${packages.join(", ")}.`,
    ),
    ...(level !== "none" && text === ""
      ? [`.changeset/${name} asks for a ${level} release, and does not say why. Write the reason, or delete the file.`]
      : []),
  ];
}

/**
 * Reads a changeset as changesets does.
 *
 * @throws {Error} if the text is not a changeset.
 */
export function parseChangeset(name: string, content: string): Changeset {
  try {
    const { releases, summary } = parseChangesetFile(content);
    return { name, bumps: Object.fromEntries(releases.map((each) => [each.name, each.type])), text: summary };
  } catch (cause) {
    const [what = ""] = (cause as Error).message.replace(/^could not parse changeset - /, "").split("\n");
    throw new Error(
      `.changeset/${name} is not a changeset: ${what} Begin it with a line \`---\`, the packages with their levels ` +
        `(${LEVELS.join(", ")}), as \`"@mindbridge-sdk/client": minor\`, and another line \`---\`.`,
      { cause },
    );
  }
}

/** The YAML between the lines `---`, and the Markdown around them. changesets splits them in the same way. */
export function splitChangeset(content: string): { readonly head: string; readonly text: string } {
  const found = /\s*---([\s\S]*?)\r?\n\s*---(\s*(?:\n|$)[\s\S]*)/.exec(content);
  const [, head = "", behind = content] = found ?? [];
  const text = [content.slice(0, found?.index ?? 0), behind].map((each) => each.trim());
  return { head: head.trim(), text: text.filter(Boolean).join("\n\n") };
}

/** The packages that share one version: the group `fixed` in the configuration of changesets. */
export function fixedPackages(files: Files): readonly string[] {
  const { fixed } = readKept(files, ".changeset/config.json", JSON.parse) as { fixed?: string[][] };
  const group = fixed?.find((names) => names.includes("@mindbridge-sdk/spec"));
  if (group === undefined) {
    throw new Error(
      "`fixed` in .changeset/config.json has no group with @mindbridge-sdk/spec. Add one with all packages.",
    );
  }
  return group;
}

/** The highest level that changesets ask for. All packages of the group get it. */
export function plannedLevel(changesets: readonly Changeset[], packages: readonly string[]): Level {
  return highest(
    changesets.flatMap(({ bumps }) =>
      Object.entries(bumps).flatMap(([name, level]) => (packages.includes(name) ? [level] : [])),
    ),
  );
}
