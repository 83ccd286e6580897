// Yesterday's users: at a minor or a patch, what was written for the last release must compile and run with the next one.
// The programs in yesterday/ are compiled and run with both, so that they cannot be changed along with what breaks them.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixedPackages, plannedLevel, readChangesets } from "@mindbridge-sdk/release/changesets";
import { filesOf, versionOf } from "@mindbridge-sdk/release/files";
import { pack, publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { run } from "./run.ts";
import { NODE_TYPES } from "./strangers.ts";

const PROGRAMS = join(import.meta.dirname, "../yesterday");
const COMPILER = join(import.meta.dirname, "../node_modules/typescript/bin/tsc");

/** Installs some packages into an empty folder, and compiles and runs the programs there. */
async function use(home: string, packages: readonly string[], mock: string): Promise<void> {
  await mkdir(home);
  await cp(PROGRAMS, home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const types = Object.entries(NODE_TYPES).map(([name, version]) => `${name}@${version}`);
  await run(["npm", "install", "--no-audit", "--no-fund", "--prefer-online", ...packages, ...types], { cwd: home });
  await run([process.execPath, COMPILER, "--project", "tsconfig.json"], { cwd: home });
  for (const program of await programs()) {
    await run([process.execPath, program], { cwd: home, env: { MINDBRIDGE_API_URL: mock } });
  }
}

/** The packages that the programs use: what is newer than the last release is not among them, and cannot be installed from it. */
async function imported(): Promise<readonly string[]> {
  const texts = await Promise.all((await programs()).map((file) => readFile(join(PROGRAMS, file), "utf8")));
  const names = texts.flatMap((text) => [...text.matchAll(/ from "(@mindbridge-sdk\/[^/"]+)/g)]);
  return [...new Set(names.map(([, name = ""]) => name))];
}

async function programs(): Promise<string[]> {
  return (await readdir(PROGRAMS)).filter((file) => file.endsWith(".ts"));
}

/** Whether npm has a version of a package. */
async function isPublished(name: string, version: string): Promise<boolean> {
  const found = await run(["npm", "view", `${name}@${version}`, "version"], { cwd: ROOT }).catch((error: Error) => {
    if (error.message.includes("E404")) return "";
    throw error;
  });
  return found.trim() !== "";
}

async function check(last: string): Promise<void> {
  const [first = "", ...others] = await imported();
  if (!(await isPublished(first, last))) {
    console.log(`npm does not have ${last}: nobody can have written anything for it.`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "yesterday-"));
  try {
    await using mock = await startMockServer({ document: join(ROOT, "spec/openapi.yaml") });
    const released = [first, ...others].map((name) => `${name}@${last}`);
    await use(join(folder, "last"), released, mock.url);
    console.log(`With ${last}, yesterday's users compile and run.`);
    const packed = publishedPackages().map((each) => pack(each, folder));
    await use(join(folder, "next"), packed, mock.url);
    console.log("With what is here, they do so too.");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const files = filesOf(ROOT);
const last = versionOf(files);
const level = plannedLevel(readChangesets(files), fixedPackages(files));
if (last === "0.0.0") console.log("Nothing has been released yet: there are no users of yesterday.");
else if (level === "none")
  console.log("No changeset waits: nothing would be published that could break what users wrote.");
else if (level === "major") console.log("The next release is a major one, which may break what users wrote.");
else {
  await check(last).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      `\nThe next release is a ${level}, and what users may have written for ${last} fails. ` +
        "Take back what breaks it, or make it a major one in its changeset: `pnpm spec:changeset`, `pnpm changeset`.",
    );
    process.exitCode = 1;
  });
}
