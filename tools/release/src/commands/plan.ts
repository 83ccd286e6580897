import { fixedPackages, plannedLevel, readChangesets } from "../changesets.ts";
import { filesOf, versionOf } from "../files.ts";
import { formatChange } from "../format.ts";
import { nextVersion } from "../next-version.ts";
import { withoutMarks } from "../part.ts";
import { propose } from "../proposal.ts";

/** Says what a release would publish now, and why. */
export async function plan(root: string): Promise<number> {
  const files = filesOf(root);
  const packages = fixedPackages(files);
  const changesets = readChangesets(files);
  const level = plannedLevel(changesets, packages);
  const now = versionOf(files);
  const { isFirst, changes, level: proposed } = await propose(files);
  if (level === "none") {
    const since = isFirst ? "nothing has been released yet" : `what users get has changed since ${now}`;
    const why = proposed === "none" ? `${now} is the last release.` : `${since}. Run \`pnpm spec:changeset\`.`;
    console.log(`Nothing would be published: no changeset waits, and ${why}`);
    return 0;
  }
  const next = nextVersion(now, level);
  console.log(`${now} → ${next} (${level}), all together:\n${packages.map((name) => `  ${name}@${next}`).join("\n")}`);
  for (const { name, bumps, text } of changesets) {
    const asked = plannedLevel([{ name, bumps, text }], packages);
    console.log(`\n.changeset/${name} asks for ${asked}:\n${indent(withoutMarks(text))}`);
  }
  if (isFirst) console.log("\nIt is the first release: everything in the document is new.");
  else if (changes.length === 0) console.log(`\nThe document is that of ${now}.`);
  else console.log(`\nThe document has changed since ${now}:\n${indent(changes.map(formatChange).join("\n"))}`);
  return 0;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
