// Backward compatibility: where the next release is a minor or a patch, what was written for the last one compiles and runs with it.
// The programs run with both, so that a fault of their own does not pass for a break.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fixedPackages, plannedLevel, readChangesets } from "@mindbridge-sdk/release/changesets";
import { type Files, filesOf, versionOf } from "@mindbridge-sdk/release/files";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { run } from "@mindbridge-sdk/repository/run";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { type Dependencies, install, packAll, temporaryFolder } from "../installation.ts";
import { NODE_TYPES } from "../release/install-tests.ts";
import { compileAndRun, writePrograms } from "./programs.ts";

/** The packages that the programs import. A package that is newer than the last release cannot be among them. */
const IMPORTED = ["client", "receiver", "testing"].map((name) => `@mindbridge-sdk/${name}`);

/** Whether npm has the last release. */
async function isPublished(version: string): Promise<boolean> {
  const found = await run(["npm", "view", `${IMPORTED[0]}@${version}`, "version"], { cwd: ROOT }).catch(
    (error: Error) => {
      if (error.message.includes("E404")) return "";
      throw error;
    },
  );
  return found.trim() !== "";
}

async function check({ document, released }: Files, last: string): Promise<void> {
  if (!existsSync(released) || !(await isPublished(last))) {
    console.log(`npm does not have ${last}: nobody can have written a program for it.`);
    return;
  }
  await using folder = await temporaryFolder("compatibility");
  await using mock = await startMockServer({ document });
  await using mockOfLast = await startMockServer({ document: released });
  const programs = await writePrograms(released);
  const use = async (name: string, packages: Dependencies) => {
    const home = join(folder.path, name);
    await install(home, { ...packages, ...NODE_TYPES }, { fresh: true });
    await compileAndRun(programs, home, mock.url, mockOfLast.url);
  };
  await use("last", Object.fromEntries(IMPORTED.map((name) => [name, last])));
  const documents = `the new document and that of ${last}`;
  console.log(`Programs written for ${last} compile with it, and run with ${documents}.`);
  await use("next", await packAll(folder.path));
  console.log(`They compile with this repository, and run with ${documents}.`);
}

const files = filesOf(ROOT);
const last = versionOf(files);
const level = plannedLevel(readChangesets(files), fixedPackages(files));
if (last === "0.0.0") console.log("Nothing has been released yet, so nothing can break.");
else if (level === "none") console.log("No changeset waits, so nothing would be published that could break a program.");
else if (level === "major") console.log("The next release is a major one, which may break programs.");
else {
  await check(files, last).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      `\nThe next release is a ${level}, and programs written for ${last} fail. ` +
        "Take back what breaks them, or make it a major one in its changeset: `pnpm spec:changeset`, `pnpm changeset`.",
    );
    process.exitCode = 1;
  });
}
