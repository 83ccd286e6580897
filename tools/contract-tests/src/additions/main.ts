// `pnpm contract:additions`: does with our document what a maintainer does. It makes every addition of the table in a copy of the
// repository, generates, builds, and runs the contract tests there: the same files, against a Prism of the enlarged document.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { documentOf } from "@mindbridge-sdk/generator/corpus";
import { edited, edits, readDocument } from "@mindbridge-sdk/openapi";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { type Command, run as runCommand } from "@mindbridge-sdk/repository/run";
import { ADDITIONS, acceptedKinds, additionsTable } from "./additions.ts";

/** Where the table stands. */
const README = join(ROOT, "tools/generator/README.md");
/** The folders and files that generating, building and testing need. */
const COPIED = `package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json vitest.config.ts packages spec
  tools/contract-tests tools/generator tools/openapi tools/repository tools/services`.split(/\s+/);
const MADE = new Set(["dist", "node_modules", "reports", ".turbo"]);
/** The tests of our document. The others bring documents of their own. */
const TESTS = ["contract", "deliveries", "random-bodies", "reference", "test-api"].map(
  (name) => `test/${name}.test.ts`,
);

const VITEST = ["--config", "../../vitest.config.ts"];

const folder = await mkdtemp(join(tmpdir(), "additions-"));
try {
  const table = await additionsTable(async (text) => {
    const path = join(folder, "openapi.json");
    await writeFile(path, text);
    return path;
  });
  console.log(table);
  const copy = join(folder, "copy");
  await copyRepository(copy);
  await writeSpec(join(copy, "spec"));
  await run(copy, process.execPath, "tools/generator/src/main.ts");
  await run(copy, "pnpm", "--recursive", "--filter", "@mindbridge-sdk/contract-tests^...", "run", "build");
  await run(join(copy, "tools/contract-tests"), "pnpm", "exec", "vitest", "run", ...VITEST, ...TESTS);
  console.log(`All of the ${ADDITIONS.length + 1} additions work, or are refused as the table says.`);
  if (!(await readFile(README, "utf8")).includes(table)) {
    console.error(`tools/generator/README.md has another table. Put this one in its place.`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}

/** A copy of the sources, and what they need installed from the store of the first installation. */
async function copyRepository(copy: string): Promise<void> {
  for (const path of COPIED) {
    const filter = (from: string): boolean => !MADE.has(basename(from));
    await cp(join(ROOT, path), join(copy, path), { recursive: true, filter });
  }
  await run(copy, "pnpm", "install", "--frozen-lockfile", "--prefer-offline");
}

/** Our document with every addition that is accepted. One schema stands in a file of its own. */
async function writeSpec(spec: string): Promise<void> {
  const document = documentOf(acceptedKinds(), await readDocument());
  const schema = "/components/schemas/ShipCargo";
  await writeFile(join(spec, "ship-cargo.json"), JSON.stringify(document.components.schemas.ShipCargo));
  const inFiles = edited(document, [edits.set(schema, { $ref: "ship-cargo.json" })]);
  await writeFile(join(spec, "openapi.yaml"), JSON.stringify(inFiles, undefined, 2));
}

/** Runs a command in a folder, and says how long it took. */
async function run(cwd: string, ...command: Command): Promise<void> {
  const started = performance.now();
  await runCommand(command, { cwd });
  console.log(`${((performance.now() - started) / 1_000).toFixed(1)} s: ${command.join(" ")}`);
}
