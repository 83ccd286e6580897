// Rehearses two releases, has strangers use them, prints a table, and exits with 1 where something failed.
//
//   node src/main.ts [--keep]      with --keep, leaves everything where it was done, and says where
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { publishedPackages } from "@mindbridge-sdk/repository/packages";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { followFirstPage } from "./newcomer.ts";
import { startRegistry } from "./registry.ts";
import { copyRepository } from "./repository.ts";
import { run } from "./run.ts";
import { NEWEST_COMPILER, STRANGERS, type Stranger, settle, update } from "./strangers.ts";

interface Row {
  readonly who: string;
  readonly what: string;
  readonly seconds: number;
  readonly failure?: string;
}

const SCOPE = "@mindbridge-sdk";
/** What the second release adds to the answer of the API. */
const FIELD = "rehearsedField";
/** What is then no longer promised, to see it refused. */
const BROKEN_FIELD = "publicKey";
const packages = publishedPackages().map(({ name }) => name);
const rows: Row[] = [];

/** Notes how long something took, and whether it failed. Returns whether it worked. */
async function note(who: string, what: string, work: () => Promise<unknown>): Promise<boolean> {
  const start = performance.now();
  const failure = await work().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const seconds = (performance.now() - start) / 1000;
  rows.push({ who, what, seconds, ...(failure !== undefined && { failure }) });
  const mark = failure === undefined ? styleText("green", "ok") : styleText("red", "failed");
  console.log(`${mark} ${who}: ${what} (${seconds.toFixed(1)} s)`);
  return failure === undefined;
}

async function useBy(stranger: Stranger, home: string, env: Readonly<Record<string, string>>): Promise<void> {
  for (const [what, commands] of Object.entries(stranger.runs)) {
    await note(stranger.name, what, async () => {
      for (const command of commands) await run(command, { cwd: home, env });
    });
  }
}

/** Fails unless all packages of a stranger have this version. */
async function expectVersion(home: string, version: string): Promise<void> {
  for (const name of packages) {
    const manifest = JSON.parse(await readFile(join(home, "node_modules", name, "package.json"), "utf8"));
    if (manifest.version !== version) throw new Error(`${name} is ${manifest.version}, and not ${version}.`);
  }
}

/** Fails unless something fails, with all of these texts in what it printed. */
async function expectFailure(work: Promise<string>, ...texts: readonly string[]): Promise<void> {
  const failure = await work.then(
    () => "It succeeded.",
    (error: unknown) => String(error),
  );
  const missing = texts.filter((text) => !failure.includes(text));
  if (missing.length > 0) throw new Error(`It did not fail with ${missing.join(" and ")}: ${failure}`);
}

const folder = await mkdtemp(join(tmpdir(), "rehearsal-"));
try {
  await mkdir(join(folder, "strangers"));
  await using registry = await startRegistry(folder, SCOPE);
  const { npmrc } = registry;
  const home = ({ name }: Stranger): string => join(folder, "strangers", name.replaceAll(/\W+/g, "-"));

  const copy = join(folder, "repository");
  await mkdir(copy);
  const repository = await copyRepository(copy, npmrc);
  if (await note("release", "the first one", () => repository.release())) {
    // A mock server reads its document again when that changes, and so has its own.
    const document = join(folder, "openapi.yaml");
    await copyFile(join(copy, "spec/openapi.yaml"), document);
    await using mock = await startMockServer({ document });
    const env = { MINDBRIDGE_API_URL: mock.url, MINDBRIDGE_API_TOKEN: "any-token" };
    for (const stranger of STRANGERS) {
      const options = { npmrc, packages, range: "^1.0.0" };
      const installed = await note(stranger.name, `${stranger.manager} install`, async () => {
        await settle(stranger, home(stranger), options);
        await expectVersion(home(stranger), "1.0.0");
      });
      if (installed) await useBy(stranger, home(stranger), env);
    }
    await note("newcomer", "the first page of the guides", async () => {
      const newcomer = join(folder, "strangers/newcomer");
      await mkdir(newcomer);
      await followFirstPage(newcomer, npmrc);
    });
    const changed =
      (await note("release", "a change of the document, and its changeset", () => repository.change(FIELD))) &&
      (await note("release", "the change has its changeset", () => repository.script("release:check"))) &&
      (await note("yesterday's users", "compile and run", async () => {
        const said = await repository.script("release:yesterday");
        if (!said.includes("With what is here, they do so too.")) throw new Error(`They were not asked: ${said}`);
      })) &&
      (await note("release", "the second one", () => repository.release()));
    for (const stranger of changed ? STRANGERS : []) {
      const updated = await note(stranger.name, `${stranger.manager} update`, async () => {
        await update(stranger, home(stranger), packages);
        await expectVersion(home(stranger), "1.1.0");
      });
      if (updated) await useBy(stranger, home(stranger), env);
      if (updated && stranger.files.includes("program.ts")) {
        const use = `import type { Webhook } from "${SCOPE}/client";\nexport const read = (webhook: Webhook): string | undefined => webhook.${FIELD};\n`;
        await writeFile(join(home(stranger), "program.ts"), use);
        await note(stranger.name, "what is new", () =>
          run(["node", NEWEST_COMPILER, "--project", "tsconfig.nodenext.json", "--noEmit"], { cwd: home(stranger) }),
        );
      }
    }
    if (changed) {
      await note("release", "a break, called a minor change", () => repository.breakAsMinor(BROKEN_FIELD));
      await note("release", "the break is refused", () =>
        expectFailure(repository.script("release:check"), "no more than minor", "pnpm spec:changeset"),
      );
      await note("yesterday's users", "the break fails them", () =>
        expectFailure(repository.script("release:yesterday"), "string | undefined", "The next release is a minor"),
      );
    }
  }
} finally {
  if (process.argv.includes("--keep")) console.log(`Everything is left in ${folder}.`);
  else await rm(folder, { recursive: true, force: true });
}

console.log("\n| who | what | result | seconds |\n| --- | --- | --- | --- |");
for (const { who, what, failure, seconds } of rows) {
  console.log(`| ${who} | ${what} | ${failure === undefined ? "ok" : "failed"} | ${seconds.toFixed(1)} |`);
}
console.log(`\n${rows.length} steps in ${(performance.now() / 60_000).toFixed(1)} minutes.`);
for (const { who, what, failure } of rows) {
  if (failure !== undefined) console.log(styleText("red", `\n${who}: ${what}\n`) + failure);
}
process.exitCode = rows.length > 1 && rows.every(({ failure }) => failure === undefined) ? 0 : 1;
