import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test, vi } from "vitest";
import changelog from "../src/changelog.ts";
import { problemsOf } from "../src/check.ts";
import { plan } from "../src/commands.ts";
import { writeChangesets } from "../src/spec-changeset.ts";
import { setInfoVersion } from "../src/versions.ts";
import { type RepositoryCopy, releasedCopy } from "./repository.ts";

const SCHEMAS = ["components", "schemas"];
const COLOR = [...SCHEMAS, "Webhook", "properties", "color"];
const SIZE = [...SCHEMAS, "Webhook", "properties", "size"];
const MIN_LENGTH = [...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"];
const TEXT = { type: "string" };
const FILE = ".changeset/contract-webhook-color-is-new.md";

const changesetsIn = ({ files }: RepositoryCopy): string[] =>
  readdirSync(files.changesets)
    .filter((name) => name.endsWith(".md"))
    .toSorted();

test("writes a file for each change, named after it, with packages, level and operations", async () => {
  using copy = await releasedCopy();
  await copy.change(COLOR, TEXT);
  await copy.change([...SCHEMAS, "WebhookStatus", "enum"], ["ACTIVE", "INACTIVE", "PAUSED"]);
  await copy.change(MIN_LENGTH, 5);
  expect(await writeChangesets(copy.files)).toBe(
    [
      "Wrote .changeset/contract-minlength-of-webhookcreate-name-is-now-5-it-was-1.md, for a major release.",
      "Wrote .changeset/contract-webhookstatus-gains-paused.md, for a minor release.",
      "Wrote .changeset/contract-webhook-color-is-new.md, for a minor release.",
      "Edit the words as you like: no command changes them.",
    ].join("\n"),
  );
  // Whichever operations send or answer a status.
  const written = copy.read(".changeset/contract-webhookstatus-gains-paused.md");
  expect(written.replace(/\(`webhooks\.create`, [^:]+:/, "(…:")).toBe(
    `---
"@mindbridge-sdk/spec": minor
"@mindbridge-sdk/contract": minor
"@mindbridge-sdk/client": minor
"@mindbridge-sdk/receiver": minor
"@mindbridge-sdk/testing": minor
"@mindbridge-sdk/cli": minor
---

\`WebhookStatus\` gains \`PAUSED\` (…: request, response).
`,
  );
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("writes a file once, and changes no word of it afterwards", async () => {
  using copy = await releasedCopy();
  await copy.change(COLOR, TEXT);
  await writeChangesets(copy.files);
  const edited = copy.read(FILE).replace(/`Webhook\.color`.*/, "Webhooks have a color now, for your dashboards.");
  copy.write(FILE, edited);
  expect(await problemsOf(copy.files)).toEqual([]);
  await copy.change(SIZE, TEXT);
  expect(await writeChangesets(copy.files)).toMatch(/^Wrote \.changeset\/contract-webhook-size-is-new\.md/);
  expect(copy.read(FILE)).toBe(edited);
  expect(await writeChangesets(copy.files)).toBe("Every change of the document has its changeset.");
});

test("raises a level that is too low, and keeps one that a person has raised", async () => {
  using copy = await releasedCopy();
  await copy.change(COLOR, TEXT);
  await writeChangesets(copy.files);
  const written = copy.read(FILE);
  copy.write(FILE, written.replaceAll('": minor', '": patch # why'));
  expect(await problemsOf(copy.files)).toEqual([
    expect.stringContaining("the changesets ask for no more than patch"),
    expect.stringContaining("`Webhook.color` is new."),
  ]);
  expect(await writeChangesets(copy.files)).toMatch(/^Raised \.changeset\/contract-webhook-color-is-new\.md to minor/);
  expect(copy.read(FILE)).toBe(written.replaceAll('": minor', '": minor # why'));
  copy.write(FILE, written.replaceAll('": minor', '": major'));
  expect(await writeChangesets(copy.files)).toBe("Every change of the document has its changeset.");
  expect(copy.read(FILE)).toContain('"@mindbridge-sdk/client": major');
});

test("writes nothing if the document means the same", async () => {
  using copy = await releasedCopy();
  await copy.change([...SCHEMAS, "Webhook", "x-note"], "a note for maintainers");
  copy.write("spec/openapi.yaml", `# A comment.\n${copy.read("spec/openapi.yaml")}`);
  expect(await writeChangesets(copy.files)).toBe("The document has not changed: it needs no changeset.");
  expect(changesetsIn(copy)).toEqual([]);
});

test("writes nothing for what a person has written a changeset of at least the level", async () => {
  using copy = await releasedCopy();
  await copy.change(COLOR, TEXT);
  copy.write(".changeset/mine.md", `---\n"@mindbridge-sdk/client": minor\n---\n\nWebhooks have a color now.\n`);
  await writeChangesets(copy.files);
  expect(changesetsIn(copy)).toEqual(["mine.md"]);
  // The person's changeset asks for less than this change needs.
  await copy.change(MIN_LENGTH, 5);
  await writeChangesets(copy.files);
  expect(changesetsIn(copy)).toEqual(["contract-minlength-of-webhookcreate-name-is-now-5-it-was-1.md", "mine.md"]);
});

test("tells changed descriptions in one file, however many there are", async () => {
  using copy = await releasedCopy();
  for (const name of ["Webhook", "WebhookCreate"]) await copy.change([...SCHEMAS, name, "description"], "Another one.");
  await writeChangesets(copy.files);
  expect(copy.read(".changeset/contract-documentation.md")).toContain("\n2 descriptions and examples have changed.\n");
});

test("words are not lost where two pull requests change the document: each has files of its own", async () => {
  using mine = await releasedCopy();
  using yours = await releasedCopy();
  await mine.change(COLOR, TEXT);
  await writeChangesets(mine.files);
  await yours.change(SIZE, TEXT);
  await writeChangesets(yours.files);
  expect(changesetsIn(mine).filter((name) => changesetsIn(yours).includes(name))).toEqual([]);

  // Merged, both are there, and nothing is missing.
  await mine.change(SIZE, TEXT);
  for (const name of changesetsIn(yours)) mine.write(`.changeset/${name}`, yours.read(`.changeset/${name}`));
  expect(await problemsOf(mine.files)).toEqual([]);
});

test("words that a person has edited do not outlive their change", async () => {
  using copy = await releasedCopy();
  await copy.change(COLOR, TEXT);
  await writeChangesets(copy.files);
  copy.write(FILE, copy.read(FILE).replace(/`Webhook\.color`.*/, "Webhooks have a color now."));
  await copy.change(COLOR, undefined);
  const stale = `${FILE} describes a change that the document does not have. Delete it, or rename it if it says more than that.`;
  expect(await problemsOf(copy.files)).toEqual([stale]);
  expect(await writeChangesets(copy.files)).toBe(stale);
  expect(existsSync(join(copy.files.root, FILE))).toBe(true);
});

const CHANGESETS = join(
  dirname(createRequire(join(ROOT, "package.json")).resolve("@changesets/cli/package.json")),
  "bin.js",
);

/** Runs changesets in a copy, with the changelog of this repository. */
function changesets({ files, read, write }: RepositoryCopy, ...args: readonly string[]): void {
  const config = JSON.parse(read(".changeset/config.json"));
  write(
    ".changeset/config.json",
    JSON.stringify({ ...config, changelog: join(ROOT, "tools/release/src/changelog.ts") }),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHANGESETS, ...args], {
    cwd: files.root,
    encoding: "utf8",
  });
  expect(status, stdout + stderr).toBe(0);
}

/** As `pnpm release:version` does, without generating. */
function raiseVersions(copy: RepositoryCopy): string {
  changesets(copy, "version");
  const { version } = JSON.parse(copy.read("spec/package.json"));
  copy.write("spec/openapi.yaml", setInfoVersion(copy.read("spec/openapi.yaml"), version));
  const constant = "packages/contract/src/generated/version.ts";
  copy.write(constant, copy.read(constant).replace(/(CONTRACT_VERSION = )"[^"]*"/, `$1"${version}"`));
  return version;
}

test("words are not lost over pre-releases, and the plan names the next one", async () => {
  using copy = await releasedCopy();
  using log = vi.spyOn(console, "log").mockImplementation(() => {});
  const planned = async () => {
    await plan(copy.files.root);
    return log.mock.calls.flat().join("\n");
  };
  changesets(copy, "pre", "enter", "next");
  await copy.change(COLOR, TEXT);
  await writeChangesets(copy.files);
  expect(await planned()).toContain("1.0.0 → 1.1.0-next.0 (minor)");
  expect(raiseVersions(copy)).toBe("1.1.0-next.0");
  expect(await problemsOf(copy.files)).toEqual([]);

  // A change after the pre-release needs words of its own, though its level is not above that of the first.
  await copy.change(SIZE, TEXT);
  expect(await problemsOf(copy.files)).toEqual([
    expect.stringMatching(/^What users get has changed since 1\.0\.0\. The next release is minor, and no changeset/),
    expect.stringContaining("`Webhook.size` is new."),
  ]);
  await copy.change(MIN_LENGTH, 5);
  await writeChangesets(copy.files);
  expect(await planned()).toContain("1.1.0-next.0 → 2.0.0-next.1 (major)");
  expect(raiseVersions(copy)).toBe("2.0.0-next.1");
  expect(await problemsOf(copy.files)).toEqual([]);

  changesets(copy, "pre", "exit");
  expect(await planned()).toContain("2.0.0-next.1 → 2.0.0 (major)");
  expect(raiseVersions(copy)).toBe("2.0.0");
  const notes = copy.read("packages/client/CHANGELOG.md").split("## 2.0.0-next.1")[0];
  for (const words of ["`Webhook.color` is new", "`Webhook.size` is new", "**Breaking:** `minLength`"])
    expect(notes).toContain(words);
});

test("the changelog has the words of a changeset", async () => {
  expect(await changelog.getReleaseLine({ summary: "First.\n\n- More.\n" })).toBe("- First.\n\n  - More.");
});
