import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";

/** A text about a change, and the packages that it is about. */
interface Entry {
  readonly text: string;
  readonly packages: readonly string[];
}

/** The page that lists what changed: what waits for the next release, then each release, newest first. */
export function changelogPage(): string {
  const changesets = globSync(".changeset/*.md", { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), "utf8"));
  const changelogs = publishedPackages()
    .map(({ name, folder }) => ({ name, file: join(folder, "CHANGELOG.md") }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, text: readFileSync(file, "utf8") }));
  return changelogOf(changesets, changelogs);
}

/**
 * The page, from its sources.
 *
 * @param changesets The files of the changes that wait for the next release.
 * @param changelogs The `CHANGELOG.md` of each package, as changesets writes it.
 */
export function changelogOf(
  changesets: readonly string[],
  changelogs: readonly { readonly name: string; readonly text: string }[],
): string {
  const waiting = changesets.map((text): Entry => {
    const { summary, releases } = parseChangesetFile(text);
    return { text: summary, packages: releases.map(({ name }) => name) };
  });
  const released = changelogs.flatMap(({ name, text }) =>
    [...text.matchAll(/^## ([^\n]+)\n(.*?)(?=^## |$(?![\s\S]))/gms)].flatMap(([, version = "", section = ""]) =>
      [...section.matchAll(/^- (.*\n?(?:(?: .*)?\n)*)/gm)].map(([, item = ""]) => ({
        version,
        name,
        text: item.replaceAll(/^ {2}/gm, "").trim(),
      })),
    ),
  );
  const versions = [...Map.groupBy(released, ({ version }) => version)].map(([version, items]) => ({
    title: version,
    entries: [...Map.groupBy(items, ({ text }) => text)].map(([text, same]) => ({
      text,
      packages: same.map(({ name }) => name),
    })),
  }));
  const next = { title: versions.length === 0 ? "The first release" : "The next release", entries: waiting };
  const all = waiting.length > 0 ? [next, ...versions] : versions;
  return `# Changelog

See what changed in each version. [Upgrading](upgrading.md) says what a version number promises. All packages have the same version.
${all.map(({ title, entries }) => `\n## ${title}\n${entries.map(paragraph).join("")}`).join("")}`;
}

/** An entry, with the packages before it if there are others. */
function paragraph({ text, packages }: Entry): string {
  const all = publishedPackages().length;
  const names = packages.map((name) => `\`${name.replace(/^@.*\//, "")}\``).join(", ");
  return `\n${packages.length < all ? `${names}: ` : ""}${text}\n`;
}
