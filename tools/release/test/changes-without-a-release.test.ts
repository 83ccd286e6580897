import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test, vi } from "vitest";
import { parseChangeset } from "../src/changesets.ts";
import { problemsOf } from "../src/check.ts";
import { diff, plan } from "../src/commands.ts";
import { writeExportedNames } from "../src/exported-names.ts";
import { writeChangesets } from "../src/spec-changeset.ts";
import { type RepositoryCopy, releasedCopy, unreleasedCopy } from "./repository.ts";

const NEW_FIELD = ["components", "schemas", "Webhook", "properties", "color"];
const TEXT = { type: "string" };
const changesetOf = (level: string): string => `---\n"@mindbridge-sdk/client": ${level}\n---\n\nIn a person's words.\n`;

test("a document that was just released needs no changeset", async () => {
  using copy = await releasedCopy();
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("refuses a changed document with stale generated files, and names the command", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  const check = [join(ROOT, "tools/generator/src/main.ts"), "--check", "--root", copy.files.root];
  const { status, stderr } = spawnSync(process.execPath, check, { encoding: "utf8" });
  expect(stderr).toContain("Run `pnpm generate` and commit:");
  expect(status).toBe(1);
});

test("refuses a change without a changeset, and names the command that writes it", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  expect(await problemsOf(copy.files)).toEqual([
    "What users get has changed since 1.0.0. The next release is minor, and no changeset says so. Run `pnpm spec:changeset`.",
    expect.stringContaining("`Webhook.color` is new."),
  ]);
  await writeChangesets(copy.files);
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("refuses a changeset of a lower level, and names the command", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  copy.write(".changeset/mine.md", changesetOf("patch"));
  expect((await problemsOf(copy.files))[0]).toMatch(
    /release is minor, and the changesets ask for no more than patch\. Run `pnpm/,
  );
});

test("accepts a person's changeset of at least the level", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  copy.write(".changeset/mine.md", changesetOf("major"));
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("refuses a changeset whose change is gone, and a change that no changeset describes", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangesets(copy.files);
  await copy.change(NEW_FIELD, undefined);
  await copy.change([...NEW_FIELD.slice(0, -1), "size"], TEXT);
  expect(await problemsOf(copy.files)).toEqual([
    expect.stringMatching(/is minor, and no changeset says so\. Run/),
    expect.stringContaining("`Webhook.size` is new."),
    expect.stringMatching(/^\.changeset\/contract-webhook-color-is-new\.md describes a change .* Delete it/),
  ]);
});

test("refuses changed generated files without a changeset", async () => {
  using copy = await releasedCopy();
  const file = "packages/client/src/generated/resources.ts";
  copy.write(file, `${copy.read(file)}\n// Another generator wrote this.\n`);
  expect((await problemsOf(copy.files))[0]).toMatch(/is patch, and no changeset says so\. Run `pnpm spec:changeset`\./);
  await writeChangesets(copy.files);
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("asks for a changeset of the first release", async () => {
  using copy = await unreleasedCopy();
  expect((await problemsOf(copy.files))[0]).toMatch(/^Nothing has been released yet\. The next release is major/);
  await writeChangesets(copy.files);
  expect(copy.read(".changeset/first-release.md")).toContain("- Operations: `webhooks.create`");
  expect(await problemsOf(copy.files)).toEqual([]);
  // Where a person has written one, the command writes none.
  rmSync(join(copy.files.changesets, "first-release.md"));
  copy.write(".changeset/first.md", changesetOf("major"));
  await writeChangesets(copy.files);
  expect(existsSync(join(copy.files.changesets, "first-release.md"))).toBe(false);
  expect(await problemsOf(copy.files)).toEqual([]);
});

test("asks for the document of the last release if it is missing, and never mistakes the next release for the first", async () => {
  using copy = await releasedCopy();
  rmSync(copy.files.released);
  const missing = /^spec\/released\.yaml is missing, .* of 1\.0\.0 .*`git checkout HEAD spec\/released\.yaml`/;
  await expect(problemsOf(copy.files)).rejects.toThrow(missing);
  await expect(writeChangesets(copy.files)).rejects.toThrow(missing);
  await expect(diff(copy.files.root, {})).rejects.toThrow(missing);
});

test("says how to correct a document that cannot be read, since there is no other", async () => {
  using copy = await releasedCopy();
  copy.write("spec/openapi.yaml", "openapi: [");
  const broken =
    /cannot be read as an OpenAPI document: .* Correct it: `pnpm generate` lists what is wrong, and where\.$/s;
  await expect(problemsOf(copy.files)).rejects.toThrow(broken);
  await expect(diff(copy.files.root, {})).rejects.toThrow(broken);
});

test("every command tells a change of the document from one of the generator", async () => {
  using copy = await releasedCopy();
  using log = vi.spyOn(console, "log").mockImplementation(() => {});
  await copy.change(["paths", "/v1/webhooks", "post", "x-source"], "Elsewhere", { generates: true });
  const what = "The generated files have changed in comments or in form.";
  expect((await problemsOf(copy.files)).at(-1)).toContain(what);
  await diff(copy.files.root, {});
  expect(log.mock.lastCall?.[0]).toContain(what);
  expect(log.mock.lastCall?.[0]).toContain("none (documentation): `x-source` of `webhooks.create` has changed.");
  expect(log.mock.lastCall?.[0]).toContain("2 changes since the release 1.0.0, for users: patch.");
});

test.each([
  ["a space after its line", `--- \n"@mindbridge-sdk/client": minor\n--- \n\nWords.\n`],
  ["an empty line above", `\n---\n"@mindbridge-sdk/client": minor\n---\n\nWords.\n`],
  ["a byte order mark", `\uFEFF---\n"@mindbridge-sdk/client": minor\n---\n\nWords.\n`],
  ["line ends of Windows", `---\r\n"@mindbridge-sdk/client": minor\r\n---\r\n\r\nWords.\r\n`],
])("accepts a changeset with %s, as changesets does", (_, text) => {
  const bumps = { "@mindbridge-sdk/client": "minor" };
  expect(parseChangeset("mine.md", text)).toEqual({ name: "mine.md", bumps, text: "Words." });
});

test("refuses changesets that cannot be released, and names each", async () => {
  using copy = await releasedCopy();
  const refused = {
    "huge.md": [changesetOf("huge"), /is not a changeset: .*"huge".* Begin it with a line `---`.* major/],
    "headless.md": ["Words.\n", /is not a changeset: missing or invalid frontmatter\. Begin/],
    "broken.md": ['---\n"a: minor\n---\n\nWords.\n', /is not a changeset: invalid YAML in frontmatter\. Begin/],
    "list.md": ["---\n- a\n---\n\nWords.\n", /is not a changeset: frontmatter must be an object/],
    "misspelt.md": [
      '---\n"@mindbridge-sdk/clinet": minor\n---\n\nA.\n',
      /names `@mindbridge-sdk\/clinet`.* to one of @/,
    ],
    "conflict.md": [
      `${changesetOf("minor")}\n<<<<<<< HEAD\nMine.\n=======\nYours.\n>>>>>>> other\n`,
      /holds the marks of a merge conflict/,
    ],
    "silent.md": ['---\n"@mindbridge-sdk/client": minor\n---\n', /asks for a minor release, and does not say why/],
  } as const;
  for (const [name, [text]] of Object.entries(refused)) copy.write(`.changeset/${name}`, text);
  const problems = await problemsOf(copy.files);
  expect(problems).toHaveLength(Object.keys(refused).length);
  for (const [name, [, problem]] of Object.entries(refused)) {
    expect(problems.find((each) => each.startsWith(`.changeset/${name} `))).toMatch(problem);
  }
  await expect(writeChangesets(copy.files)).rejects.toThrow(".changeset/huge.md is not a changeset");
});

test.each([".changeset/config.json", "spec/package.json", "packages/client/package.json"])(
  "names a file that is not JSON, and how to restore it: %s",
  async (file) => {
    using copy = await releasedCopy();
    copy.write(file, "{");
    await expect(problemsOf(copy.files)).rejects.toThrow(
      new RegExp(`^\`${file}\` cannot be read: .*JSON.*\\. Correct or restore it: \`git checkout HEAD ${file}\`\\.$`),
    );
  },
);

test.each([".changeset/config.json", "packages/contract/src/generated/version.ts"])(
  "names a file that is missing: %s",
  async (file) => {
    using copy = await releasedCopy();
    rmSync(join(copy.files.root, file));
    await expect(problemsOf(copy.files)).rejects.toThrow(`\`${file}\` cannot be read: it does not exist`);
  },
);

test("the plan says that a change has no changeset yet", async () => {
  using copy = await releasedCopy();
  using log = vi.spyOn(console, "log").mockImplementation(() => {});
  await plan(copy.files.root);
  expect(log.mock.lastCall).toEqual(["Nothing would be published: no changeset waits, and 1.0.0 is the last release."]);
  await copy.change(NEW_FIELD, TEXT);
  await plan(copy.files.root);
  expect(log.mock.lastCall?.[0]).toMatch(/and what users get has changed since 1\.0\.0\. Run `pnpm spec:changeset`\.$/);
});

test.each([
  ["packages/client/package.json", '"version":"1.0.0"', '"version":"1.0.1"'],
  ["spec/openapi.yaml", "version: 1.0.0", "version: 1.0.1"],
  ["spec/released.yaml", "version: 1.0.0", "version: 1.0.1"],
  ["packages/contract/src/generated/version.ts", '"1.0.0"', '"1.0.1"'],
])("refuses another version in %s", async (file, from, to) => {
  using copy = await releasedCopy();
  copy.write(file, copy.read(file).replace(from, to));
  expect(await problemsOf(copy.files)).toEqual([
    expect.stringMatching(/is 1\.0\.1, and .* is 1\.0\.0\. Only `pnpm release:version`/),
  ]);
});

test("refuses a published package with a version of its own", async () => {
  using copy = await releasedCopy();
  const config = ".changeset/config.json";
  copy.write(config, copy.read(config).replace(/,\s*"@mindbridge-sdk\/cli"/, ""));
  expect(await problemsOf(copy.files)).toEqual([
    "@mindbridge-sdk/cli is published, and would have a version of its own. Add it to `fixed` in .changeset/config.json.",
  ]);
});

/** Writes declarations for every module of the packages: those of the client export some names. */
function declare({ files, read, write }: RepositoryCopy, ...names: readonly string[]): void {
  for (const manifest of globSync("packages/*/package.json", { cwd: files.root })) {
    const { name, exports } = JSON.parse(read(manifest));
    for (const [entry, { types }] of Object.entries<{ types?: string }>(exports)) {
      if (types === undefined) continue;
      const file = join(dirname(manifest), types);
      mkdirSync(dirname(join(files.root, file)), { recursive: true });
      const own = name === "@mindbridge-sdk/client" && entry === "." ? names : [];
      write(file, ["export {};", ...own.map((each) => `export declare class ${each} {}`)].join("\n"));
    }
  }
}

test("refuses that a name of hand-written code is gone without a major changeset", async () => {
  using copy = await releasedCopy();
  mkdirSync(join(copy.files.root, "tools/release"), { recursive: true });
  declare(copy, "APIError", "TimeoutError");
  await writeExportedNames(copy.files);
  expect(await problemsOf(copy.files)).toEqual([]);
  declare(copy, "APIError");
  expect(await problemsOf(copy.files)).toEqual([
    expect.stringContaining("The next release is major, and no changeset says so."),
    expect.stringContaining("`TimeoutError` is no longer exported by `@mindbridge-sdk/client`."),
  ]);
  await writeChangesets(copy.files);
  expect(await problemsOf(copy.files)).toEqual([]);
});
