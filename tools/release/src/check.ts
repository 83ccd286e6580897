import { globSync } from "node:fs";
import { type Changeset, examineChangesets, fixedPackages, plannedLevel } from "./changesets.ts";
import { isAtLeast } from "./compare/change.ts";
import { type Files, isPreRelease, lastRelease, readCurrent, readKept, readReleased, versionOf } from "./files.ts";
import { type Proposal, propose } from "./proposal.ts";
import { type Announcement, announcements, describeStale } from "./spec-changeset.ts";
import { formatChange } from "./summary.ts";

/** What a release cannot be made with, each with the command that helps. */
export async function problemsOf(files: Files): Promise<string[]> {
  return [...(await changesetProblems(files)), ...(await versionProblems(files))];
}

async function changesetProblems(files: Files): Promise<string[]> {
  const { changesets, problems } = examineChangesets(files);
  if (problems.length > 0) return problems;
  const proposal = await propose(files);
  const { missing, stale } = await announcements(files, proposal);
  return [...missingProblem(files, proposal, missing, changesets), ...stale.map(describeStale)];
}

function missingProblem(
  files: Files,
  { isFirst, level }: Proposal,
  missing: readonly Announcement[],
  changesets: readonly Changeset[],
): string[] {
  if (missing.length === 0) return [];
  const planned = plannedLevel(changesets, fixedPackages(files));
  const what = isFirst ? "Nothing has been released yet" : `What users get has changed since ${lastRelease(files)}`;
  const asked =
    planned === "none" || isAtLeast(planned, level)
      ? "no changeset says so"
      : `the changesets ask for no more than ${planned}`;
  return [
    `${what}. The next release is ${level}, and ${asked}. Run \`pnpm spec:changeset\`.`,
    ...missing.flatMap(({ changes }) => changes.map(formatChange)),
  ];
}

async function versionProblems(files: Files): Promise<string[]> {
  const expected = versionOf(files);
  const names = fixedPackages(files);
  const manifests = globSync(["spec/package.json", "packages/*/package.json"], { cwd: files.root }).flatMap((file) => {
    const { name, version, private: isPrivate } = readKept(files, file.replaceAll("\\", "/"), JSON.parse);
    return isPrivate === true ? [] : [{ where: file, name, version }];
  });
  const constant = "packages/contract/src/generated/version.ts";
  const [, generated] = /CONTRACT_VERSION = "([^"]*)"/.exec(readKept(files, constant, String)) ?? [];
  // While there are pre-releases, changes are compared with the release before them.
  const released = isPreRelease(expected) ? undefined : await readReleased(files);
  const versions = [
    ...manifests,
    { where: constant, version: generated },
    { where: "info.version of spec/openapi.yaml", version: (await readCurrent(files)).info?.version },
    ...(released === undefined
      ? []
      : [{ where: "info.version of spec/released.yaml", version: released.info?.version }]),
  ];
  const outside = manifests.filter(({ name }) => !names.includes(name));
  return [
    ...outside.map(
      ({ name }) =>
        `${name} is published, and would have a version of its own. Add it to \`fixed\` in .changeset/config.json.`,
    ),
    ...versions
      .filter(({ version }) => version !== expected)
      .map(
        ({ where, version }) =>
          `The version in ${where} is ${version}, and the one in spec/package.json is ${expected}. ` +
          "Only `pnpm release:version` changes versions: undo the other change, and run `pnpm generate`.",
      ),
  ];
}
