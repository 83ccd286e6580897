import { existsSync, globSync } from "node:fs";
import { readDocument } from "@mindbridge-sdk/openapi";
import { examineChangesets, fixedPackages, plannedLevel } from "./changesets.ts";
import { isAtLeast } from "./compare/change.ts";
import { type Files, readKept, versionOf } from "./files.ts";
import { propose } from "./proposal.ts";
import { specChangeset } from "./spec-changeset.ts";
import { formatChange } from "./summary.ts";

/** What a release cannot be made with, each with the command that helps. */
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
    return [`${what}. The next release is ${proposal.level}, and ${asked}. Run \`pnpm spec:changeset\`.`, ...gravest];
  }
  const { before, after } = await specChangeset(files, proposal);
  return before === undefined || before === after
    ? []
    : [
        ".changeset/spec.md describes other changes than the document has. " +
          "Run `pnpm spec:changeset`. It keeps your own words.",
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
  const documents = [files.document, files.released].filter((file) => existsSync(file));
  const versions = [
    ...manifests,
    { where: constant, version: generated },
    ...(await Promise.all(
      documents.map(async (file) => ({
        where: `info.version of spec/${file === files.document ? "openapi" : "released"}.yaml`,
        version: (await readDocument(file)).info?.version,
      })),
    )),
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
