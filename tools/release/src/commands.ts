import { readDocument } from "@mindbridge-sdk/openapi";
import { fixedPackages, plannedLevel, waitingChangesets } from "./changesets.ts";
import { problemsOf } from "./check.ts";
import { compareDocuments } from "./compare/compare-documents.ts";
import { type Files, filesOf, lastRelease, preReleaseTag, readCurrent, readReleased, versionOf } from "./files.ts";
import { FIRST, type Proposal, propose } from "./proposal.ts";
import { writeChangesets } from "./spec-changeset.ts";
import { formatChange, reasonFor } from "./summary.ts";
import { nextVersion } from "./versions.ts";

export const DIFF_OPTIONS = { json: { type: "boolean" }, from: { type: "string" }, to: { type: "string" } } as const;

interface DiffOptions {
  readonly json?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Prints what has changed in the document since the last release, or between two files, and what that means for users. */
export async function diff(root: string, { json, from, to }: DiffOptions): Promise<number> {
  const files = filesOf(root);
  const isReleased = from === undefined && to === undefined;
  const compared = isReleased ? await propose(files) : await compare(files, from, to);
  const text = () => describe(compared, from ?? `the release ${lastRelease(files)}`);
  const withReasons = () => ({
    ...compared,
    changes: compared.changes.map((change) => ({ ...change, reason: reasonFor(change) })),
  });
  console.log(json === true ? JSON.stringify(withReasons(), null, 2) : text());
  return 0;
}

/** Compares two documents. Files that are generated from them are not compared. */
async function compare(files: Files, from: string | undefined, to: string | undefined): Promise<Proposal> {
  const base = from === undefined ? await readReleased(files) : await readDocument(from);
  if (base === undefined) return FIRST;
  return {
    isFirst: false,
    generated: [],
    ...compareDocuments(base, await (to === undefined ? readCurrent(files) : readDocument(to))),
  };
}

function describe({ level, isFirst, changes }: Proposal, since: string): string {
  if (isFirst) return "Nothing has been released yet: everything is new, and the first release is 1.0.0.";
  if (changes.length === 0) return `Nothing has changed since ${since}.`;
  const counted = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return [...changes.map(formatChange), `${counted} since ${since}, for users: ${level}.`].join("\n\n");
}

/** Writes the changesets that follow from the document. */
export async function changeset(root: string): Promise<number> {
  console.log(await writeChangesets(filesOf(root)));
  return 0;
}

/** Fails if a change of the document has no changeset of its level, or if versions differ. */
export async function check(root: string): Promise<number> {
  const files = filesOf(root);
  const problems = await problemsOf(files);
  for (const problem of problems) console.error(`${problem}\n`);
  if (problems.length > 0) return 1;
  console.log(`Every change since ${lastRelease(files)} has its changeset, and every version is ${versionOf(files)}.`);
  return 0;
}

/** Prints what a release would publish now, and why. */
export async function plan(root: string): Promise<number> {
  const files = filesOf(root);
  const packages = fixedPackages(files);
  const waiting = waitingChangesets(files);
  const level = plannedLevel(waiting, packages);
  const now = versionOf(files);
  const { isFirst, changes, level: proposed } = await propose(files);
  if (level === "none") {
    const since = isFirst ? "nothing has been released yet" : `what users get has changed since ${lastRelease(files)}`;
    const why = proposed === "none" ? `${now} is the last release.` : `${since}. Run \`pnpm spec:changeset\`.`;
    console.log(`Nothing would be published: no changeset waits, and ${why}`);
    return 0;
  }
  const next = nextVersion(now, level, preReleaseTag(files));
  console.log(`${now} → ${next} (${level}), all together:\n${packages.map((name) => `  ${name}@${next}`).join("\n")}`);
  for (const { name, bumps, text } of waiting) {
    const asked = plannedLevel([{ name, bumps, text }], packages);
    console.log(`\n.changeset/${name} asks for ${asked}:\n${indent(text)}`);
  }
  if (isFirst) console.log("\nThis is the first release: everything in the document is new.");
  else if (changes.length === 0) console.log(`\nThe document is the one of ${lastRelease(files)}.`);
  else
    console.log(
      `\nThe document has changed since ${lastRelease(files)}:\n${indent(changes.map(formatChange).join("\n"))}`,
    );
  return 0;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
