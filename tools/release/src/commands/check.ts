import { existsSync, globSync } from "node:fs";
import { readDocument } from "@mindbridge-sdk/openapi";
import { examineChangesets, fixedPackages, plannedLevel } from "../changesets.ts";
import { isAtLeast } from "../diff/level.ts";
import { type Files, filesOf, readKept, versionOf } from "../files.ts";
import { formatChange } from "../format.ts";
import { propose } from "../proposal.ts";
import { specChangeset } from "../spec-changeset.ts";

/** Fails where a change of the document has no changeset of its level, or where versions differ. */
export async function check(root: string): Promise<number> {
  const problems = await problemsOf(filesOf(root));
  for (const problem of problems) console.error(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** What is wrong, with the command that helps. */
export async function problemsOf(files: Files): Promise<string[]> {
  return [...(await changesetProblems(files)), ...(await versionProblems(files))];
}

async function changesetProblems(files: Files): Promise<string[]> {
  const { changesets, problems } = examineChangesets(files);
  if (problems.length > 0) return problems;
  const proposal = await propose(files);
  const planned = plannedLevel(changesets, fixedPackages(files));
  if (!isAtLeast(planned, proposal.level)) {
    const what = proposal.isFirst
      ? "Nothing has been released yet"
      : `What users get has changed since ${versionOf(files)}`;
    const asked = planned === "none" ? "no changeset says so" : `the changesets ask for no more than ${planned}`;
    const gravest = proposal.changes.filter(({ level }) => level === proposal.level).map(formatChange);
    return [
      `${what}, which takes a release that is ${proposal.level}, and ${asked}. Run \`pnpm spec:changeset\`.`,
      ...gravest,
    ];
  }
  const { before, after } = await specChangeset(files, proposal);
  return before === undefined || before === after
    ? []
    : [
        ".changeset/spec.md tells of another change of the document than there is. " +
          "Run `pnpm spec:changeset`, which keeps what you wrote there.",
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
  const versions = [
    ...manifests,
    { where: "info.version of spec/openapi.yaml", version: (await readDocument(files.document)).info?.version },
    { where: constant, version: generated },
    ...(existsSync(files.released)
      ? [{ where: "info.version of spec/released.yaml", version: (await readDocument(files.released)).info?.version }]
      : []),
  ];
  const outside = manifests.filter(({ name }) => !names.includes(name));
  const apart = outside.map(
    ({ name }) =>
      `${name} is published, and would be versioned by itself: add it to \`fixed\` in .changeset/config.json.`,
  );
  const different = versions
    .filter(({ version }) => version !== expected)
    .map(
      ({ where, version }) =>
        `The version in ${where} is ${version}, and the one of spec/package.json is ${expected}. ` +
        "Only `pnpm release:version` changes versions: take back what did, and run `pnpm generate`.",
    );
  return [...apart, ...different];
}
