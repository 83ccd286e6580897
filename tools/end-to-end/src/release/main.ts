// Rehearses releases, installs and uses them as users do, prints a table, and exits with 1 if a step failed.
//
//   node src/release/main.ts [--keep] [NAME...]
//
// With names, only these users install, and they get the packages as they are in this repository: nothing is released. With --keep, the
// folders stay in place, and their path is printed.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { run } from "@mindbridge-sdk/repository/run";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { packAll } from "../installation.ts";
import { RUNTIMES_FOLDER } from "../runtimes/runtimes.ts";
import { Steps } from "../steps.ts";
import { followGettingStarted } from "./getting-started.ts";
import { INSTALL_TESTS, type InstallTest, TYPE_CHECK } from "./install-tests.ts";
import { installFor, PACKAGE_MANAGERS, programsOf, runBy, type User, updateFor } from "./package-managers.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { copyRepository, type Repository } from "./repository.ts";

const SCOPE = "@mindbridge-sdk";
const NEWCOMER = "newcomer";
/** The second release adds this to what the API answers, and the pre-release that. */
const [ADDED_FIELD, NEXT_FIELD] = ["rehearsedField", "nextField"];
/** After it, this is no longer promised, which must be refused. */
const BROKEN_FIELD = "publicKey";

const { values: options, positionals: names } = parseArgs({
  options: { keep: { type: "boolean" } },
  allowPositionals: true,
});
const known = [...INSTALL_TESTS.map(({ name }) => name), NEWCOMER];
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}. There are: ${known.join("; ")}.`);

const packages = publishedPackages().map(({ name }) => name);
const steps = new Steps();
const folder = await mkdtemp(join(tmpdir(), "rehearsal-"));
const PROGRAMS = join(import.meta.dirname, "../../programs");

/** Fails unless every package is installed in this version. */
async function expectVersion(user: User, version: string): Promise<void> {
  const printed = await runBy(user, [...PACKAGE_MANAGERS[user.manager].run, "versions.mjs"]);
  const others = packages.filter((name) => !printed.split("\n").includes(`${name}@${version}`));
  if (others.length > 0) throw new Error(`${others.join(", ")} should be ${version}. There is:\n${printed}`);
}

/** Fails unless the type of a webhook has a field. */
async function expectField(user: User, field: string): Promise<void> {
  const program = `import type { Webhook } from "${SCOPE}/client";\nexport const read = (webhook: Webhook): string | undefined => webhook.${field};\n`;
  await writeFile(join(user.folder, "program.ts"), program);
  await runBy(user, TYPE_CHECK);
}

/** Fails unless a text has each of the parts. */
function expectParts(text: string, ...parts: readonly string[]): void {
  const missing = parts.filter((part) => !text.includes(part));
  if (missing.length > 0) throw new Error(`There is no ${missing.join(" and no ")} in: ${text}`);
}

/** Fails unless the work fails, and each of the texts is in what it printed. */
async function expectFailure(work: Promise<string>, ...texts: readonly string[]): Promise<void> {
  const failure = await work.then(
    () => "It succeeded.",
    (error: unknown) => String(error),
  );
  expectParts(failure, ...texts);
}

const userOf = ({ name, manager, type = "module" }: InstallTest): User => ({
  manager,
  type,
  folder: join(folder, "users", name.replaceAll(/\W+/g, "-")),
});

/** The variables of a user who calls a mock. */
const environment = (url: string) => ({ MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: "any-token" });

/** Runs the commands of a user against a mock of the API. */
async function use(test: InstallTest, mock: string): Promise<void> {
  for (const [what, commands] of Object.entries(test.runs)) {
    await steps.run(test.name, what, async () => {
      for (const command of commands) await runBy(userOf(test), command, environment(mock));
    });
  }
}

/** Gives a user the programs and the settings. */
async function prepareFolder({ files, settings = {} }: InstallTest, user: User): Promise<void> {
  const home = programsOf(user);
  await mkdir(home, { recursive: true });
  for (const file of [...files, "versions.mjs"]) await copyFile(join(PROGRAMS, file), join(home, file));
  for (const [file, text] of Object.entries(settings)) await writeFile(join(home, file), text);
}

/** Every user installs a version, and uses it: two at a time. */
async function installAndUse(version: string, range: string, mock: string, registry: Registry): Promise<void> {
  const wanted = Object.fromEntries(packages.map((name) => [name, range]));
  const isWanted = (name: string) => names.length === 0 || names.includes(name);
  const work = [
    ...INSTALL_TESTS.filter(({ name }) => isWanted(name)).map((test) => async () => {
      const user = userOf(test);
      const installed = await steps.run(test.name, "install", async () => {
        await prepareFolder(test, user);
        await installFor(user, { ...wanted, ...test.tools }, registry);
        await expectVersion(user, version);
      });
      if (installed) await use(test, mock);
    }),
    ...[NEWCOMER].filter(isWanted).map((name) => async () => {
      await steps.run(name, "the first page of the guides", async () =>
        console.log(await followGettingStarted(join(folder, "users", name), registry.npmrc)),
      );
    }),
  ].values();
  const worker = async () => {
    for (const each of work) await each();
  };
  await mkdir(join(folder, "users"));
  await Promise.all([worker(), worker()]);
}

/** Users install the packages as they are in this repository. */
async function installAsTheyAre(registry: Registry): Promise<void> {
  const userconfig = join(folder, "publisher.npmrc");
  await writeFile(userconfig, registry.npmrc);
  for (const tarball of Object.values(await packAll(folder))) {
    const path = tarball.replace("file:", "");
    const env = { NPM_CONFIG_USERCONFIG: userconfig, npm_config_userconfig: userconfig };
    await run(["npm", "publish", path, "--provenance=false"], { cwd: folder, env });
  }
  await using mock = await startMockServer({ document: join(ROOT, "spec/openapi.yaml") });
  const { version } = JSON.parse(await readFile(join(ROOT, "spec/package.json"), "utf8"));
  await installAndUse(version, version, mock.url, registry);
}

/** Keeps a copy of the document, since a mock reads its document again when that changes. */
async function copyDocument({ folder: repository }: Repository, name: string): Promise<string> {
  const document = join(folder, name);
  await copyFile(join(repository, "spec/openapi.yaml"), document);
  return document;
}

async function rehearse(registry: Registry): Promise<void> {
  const repository = await copyRepository(join(folder, "repository"), registry.npmrc);
  if (!(await steps.run("release", "1.0.0", () => repository.release()))) return;
  await using mock = await startMockServer({ document: await copyDocument(repository, "first.yaml") });
  const [, isCompatible] = await Promise.all([
    installAndUse("1.0.0", "^1.0.0", mock.url, registry),
    changeDocument(repository),
  ]);
  if (!isCompatible || !(await steps.run("release", "1.1.0", () => repository.release()))) return;
  const [, isPreReleased] = await Promise.all([updateAll(mock.url), preRelease(repository, mock.url, registry)]);
  if (isPreReleased)
    await steps.run(PRE_RELEASES, "1.2.0 tells what its pre-release did", () => exitPreReleases(repository));
  await steps.run("release", "a breaking change, called minor", () => repository.breakAsMinor(BROKEN_FIELD));
  await steps.run("release", "the breaking change is refused", () =>
    expectFailure(repository.script("release:check"), "no more than minor", "pnpm spec:changeset"),
  );
  await steps.run("backward compatibility", "the breaking change is found", () =>
    expectFailure(repository.script("release:compatibility"), "string | undefined", "The next release is a minor"),
  );
}

/** Adds a field to the document. Returns whether users of 1.0.0 may have it. */
async function changeDocument(repository: Repository): Promise<boolean> {
  return (
    (await steps.run("release", "a change of the document, and its changeset", () => repository.change(ADDED_FIELD))) &&
    (await steps.run("release", "the change has its changeset", () => repository.script("release:check"))) &&
    steps.run("backward compatibility", "the added field is compatible", async () =>
      expectParts(
        await repository.script("release:compatibility"),
        "Programs written for 1.0.0 compile with it, and run with the new document and that of 1.0.0.",
        "They compile with this repository, and run with the new document and that of 1.0.0.",
      ),
    )
  );
}

/** Users get 1.1.0, and use it against a mock of the document of 1.0.0. */
async function updateAll(mock: string): Promise<void> {
  for (const test of INSTALL_TESTS.filter(({ tools }) => tools === undefined)) {
    const user = userOf(test);
    const updated = await steps.run(test.name, "update", async () => {
      await updateFor(user, packages);
      await expectVersion(user, "1.1.0");
    });
    if (updated) await use(test, mock);
  }
  for (const test of INSTALL_TESTS.filter(({ name }) => name === "TypeScript")) {
    const user = userOf(test);
    await steps.run(test.name, "the client of 1.0.0 beside the receiver of 1.1.0", async () => {
      await updateFor(user, [`${SCOPE}/receiver`]);
      const versions = await runBy(user, ["node", "versions.mjs"]);
      expectParts(versions, `${SCOPE}/client@1.0.0`, `${SCOPE}/receiver@1.1.0`);
      await runBy(user, TYPE_CHECK);
      await runBy(user, ["node", "program.ts"], environment(mock));
    });
    await steps.run(test.name, "the types have the new field", async () => {
      await updateFor(user, packages);
      await expectField(user, ADDED_FIELD);
    });
  }
}

const PRE_RELEASES = "pre-releases";

/** Releases 1.2.0-next.0, as docs/releasing.md says. Returns whether a user can install it. */
async function preRelease(repository: Repository, mock: string, registry: Registry): Promise<boolean> {
  const released = await steps.run(PRE_RELEASES, "1.2.0-next.0", async () => {
    await repository.preReleases("enter", "next");
    await repository.change(NEXT_FIELD);
    expectParts(await repository.script("release:plan"), "1.1.0 → 1.2.0-next.0 (minor)");
    await repository.release();
    expectParts(await repository.tags(`${SCOPE}/client`), "latest: 1.1.0", "next: 1.2.0-next.0");
  });
  const [test] = INSTALL_TESTS;
  if (!released || test === undefined) return false;
  const user: User = { ...userOf(test), folder: join(folder, "users/pre-releases") };
  return steps.run(PRE_RELEASES, "install it by its tag, and run", async () => {
    await prepareFolder(test, user);
    await installFor(user, Object.fromEntries(packages.map((name) => [name, "next"])), registry);
    await expectVersion(user, "1.2.0-next.0");
    await runBy(user, ["node", "program.js"], environment(mock));
  });
}

/** Releases 1.2.0. */
async function exitPreReleases(repository: Repository): Promise<void> {
  await repository.preReleases("exit");
  expectParts(await repository.script("release:plan"), "1.2.0-next.0 → 1.2.0 (minor)");
  await repository.release();
  expectParts(await repository.tags(`${SCOPE}/client`), "latest: 1.2.0");
  const log = await readFile(join(repository.folder, "packages/client/CHANGELOG.md"), "utf8");
  const [, entry = ""] = /^## 1\.2\.0\n(.*?)^## /ms.exec(log) ?? [];
  expectParts(entry, NEXT_FIELD);
}

try {
  await using registry = await startRegistry(folder, SCOPE);
  await run(["pnpm", "install", "--frozen-lockfile", "--silent"], { cwd: RUNTIMES_FOLDER });
  await (names.length > 0 ? installAsTheyAre(registry) : rehearse(registry));
} finally {
  if (options.keep) console.log(`Everything is left in ${folder}.`);
  else await rm(folder, { recursive: true, force: true });
}
process.exitCode = steps.report();
