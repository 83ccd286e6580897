// Rehearses two releases, installs and uses them as users do, prints a table, and exits with 1 if a step failed.
//
//   node src/release/main.ts [--keep]      with --keep, leaves the folders in place, and says where they are
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages } from "@mindbridge-sdk/repository/packages";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { run } from "../processes.ts";
import { Steps } from "../steps.ts";
import { followGettingStarted } from "./getting-started.ts";
import { INSTALL_TESTS, type InstallTest, NEWEST_COMPILER, setUp } from "./install-tests.ts";
import { startRegistry } from "./registry.ts";
import { copyRepository } from "./repository.ts";

const SCOPE = "@mindbridge-sdk";
/** The second release adds this to what the API answers. */
const ADDED_FIELD = "rehearsedField";
/** After it, this is no longer promised, which must be refused. */
const BROKEN_FIELD = "publicKey";
const packages = publishedPackages().map(({ name }) => name);
const steps = new Steps();

async function useBy(user: InstallTest, home: string, env: Readonly<Record<string, string>>): Promise<void> {
  for (const [what, commands] of Object.entries(user.runs)) {
    await steps.run(user.name, what, async () => {
      for (const command of commands) await run(command, { cwd: home, env });
    });
  }
}

/** Fails unless every package is installed in this version. */
async function expectVersion(home: string, version: string): Promise<void> {
  for (const name of packages) {
    const manifest = JSON.parse(await readFile(join(home, "node_modules", name, "package.json"), "utf8"));
    if (manifest.version !== version) throw new Error(`${name} is ${manifest.version}, and not ${version}.`);
  }
}

/** Fails unless the type of a webhook has a field. */
async function expectField(home: string, field: string): Promise<void> {
  const program = `import type { Webhook } from "${SCOPE}/client";\nexport const read = (webhook: Webhook): string | undefined => webhook.${field};\n`;
  await writeFile(join(home, "program.ts"), program);
  await run(["node", NEWEST_COMPILER, "--project", "tsconfig.nodenext.json", "--noEmit"], { cwd: home });
}

/** Fails unless the work fails, and each of the texts is in what it printed. */
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
  await using registry = await startRegistry(folder, SCOPE);
  const { npmrc } = registry;
  const home = ({ name }: InstallTest): string => join(folder, "users", name.replaceAll(/\W+/g, "-"));
  const repository = await copyRepository(join(folder, "repository"), npmrc);

  if (await steps.run("release", "the first one", () => repository.release())) {
    // The mock server reads its document again when that changes, so it has a copy of its own.
    const document = join(folder, "openapi.yaml");
    await copyFile(join(repository.folder, "spec/openapi.yaml"), document);
    await using mock = await startMockServer({ document });
    const env = { MINDBRIDGE_API_URL: mock.url, MINDBRIDGE_API_TOKEN: "any-token" };
    const wanted = Object.fromEntries(packages.map((name) => [name, "^1.0.0"]));
    for (const user of INSTALL_TESTS) {
      const installed = await steps.run(user.name, `${user.manager} install`, async () => {
        await setUp(user, home(user), wanted, npmrc);
        await expectVersion(home(user), "1.0.0");
      });
      if (installed) await useBy(user, home(user), env);
    }
    await steps.run("newcomer", "the first page of the guides", () =>
      followGettingStarted(join(folder, "users/newcomer"), npmrc),
    );

    const changed =
      (await steps.run("release", "a change of the document, and its changeset", () =>
        repository.change(ADDED_FIELD),
      )) &&
      (await steps.run("release", "the change has its changeset", () => repository.script("release:check"))) &&
      (await steps.run("backward compatibility", "the added field is compatible", async () => {
        const printed = await repository.script("release:compatibility");
        if (!printed.includes("They compile and run with this repository"))
          throw new Error(`Nothing was run: ${printed}`);
      })) &&
      (await steps.run("release", "the second one", () => repository.release()));
    for (const user of changed ? INSTALL_TESTS : []) {
      const updated = await steps.run(user.name, `${user.manager} update`, async () => {
        await run([user.manager, "update", ...packages], { cwd: home(user) });
        await expectVersion(home(user), "1.1.0");
      });
      if (!updated) continue;
      await useBy(user, home(user), env);
      if (user.name === "TypeScript") {
        await steps.run(user.name, "the types have the new field", () => expectField(home(user), ADDED_FIELD));
      }
    }
    if (changed) {
      await steps.run("release", "a breaking change, called minor", () => repository.breakAsMinor(BROKEN_FIELD));
      await steps.run("release", "the breaking change is refused", () =>
        expectFailure(repository.script("release:check"), "no more than minor", "pnpm spec:changeset"),
      );
      await steps.run("backward compatibility", "the breaking change is found", () =>
        expectFailure(repository.script("release:compatibility"), "string | undefined", "The next release is a minor"),
      );
    }
  }
} finally {
  if (process.argv.includes("--keep")) console.log(`Everything is left in ${folder}.`);
  else await rm(folder, { recursive: true, force: true });
}
process.exitCode = steps.report();
