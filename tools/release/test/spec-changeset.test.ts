import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import changelog from "../src/changelog.ts";
import { splitChangeset } from "../src/changesets.ts";
import { problemsOf } from "../src/check.ts";
import { writeChangeset } from "../src/spec-changeset.ts";
import { releasedCopy } from "./repository.ts";

const SCHEMAS = ["components", "schemas"];
const NEW_FIELD = [...SCHEMAS, "Webhook", "properties", "color"];
const TEXT = { type: "string" };
const FILE = ".changeset/spec.md";

test("names packages, level, operations, fields and values", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await copy.change([...SCHEMAS, "WebhookStatus", "enum"], ["ACTIVE", "INACTIVE", "PAUSED"]);
  await writeChangeset(copy.files);
  expect(copy.read(FILE)).toMatchInlineSnapshot(`
    "---
    "@mindbridge-sdk/spec": minor
    "@mindbridge-sdk/contract": minor
    "@mindbridge-sdk/client": minor
    "@mindbridge-sdk/receiver": minor
    "@mindbridge-sdk/testing": minor
    "@mindbridge-sdk/cli": minor
    ---

    <!-- pnpm spec:changeset writes this part: minor (d1bbcdea) -->

    The contract has grown:

    - \`WebhookStatus\` gains \`PAUSED\` (\`webhooks.create\`, \`webhooks.get\`: request, response).
    - \`Webhook.color\` is new (\`webhooks.create\`, \`webhooks.get\`: response).

    <!-- the end of this part -->
    "
  `);
});

test("changes nothing when it is run again", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  const once = copy.read(FILE);
  await writeChangeset(copy.files);
  expect(copy.read(FILE)).toBe(once);
});

test("writes nothing if the document means the same", async () => {
  using copy = await releasedCopy();
  await copy.change([...SCHEMAS, "Webhook", "x-note"], "a note for maintainers");
  copy.write("spec/openapi.yaml", `# A comment.\n${copy.read("spec/openapi.yaml")}`);
  expect(await writeChangeset(copy.files)).toBe("The document has not changed: it needs no changeset.");
  expect(existsSync(join(copy.files.root, FILE))).toBe(false);
});

test("keeps what a person wrote before, after and in the head", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write(
    FILE,
    `${copy.read(FILE).replace('contract": minor', 'contract": major # why').replace("<!--", "Before.\n\n<!--")}\nBehind.\n`,
  );
  await copy.change([...SCHEMAS, "WebhookCreate", "properties", "size"], TEXT);
  await writeChangeset(copy.files);
  const { head, text } = splitChangeset(copy.read(FILE));
  expect(head).toContain('"@mindbridge-sdk/contract": major # why');
  expect(head).toContain('"@mindbridge-sdk/client": minor');
  expect(text).toMatch(/^Before\.\n\n<!--[\s\S]*WebhookCreate\.size[\s\S]*-->\n\nBehind\.$/);
});

test("raises and lowers a level that no person has set", async () => {
  using copy = await releasedCopy();
  const levels = (): string[] => [...copy.read(FILE).matchAll(/^"@.*": (\w+)$/gm)].map(([, level = ""]) => level);
  await copy.change(NEW_FIELD, TEXT);
  await copy.change([...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"], 5);
  await writeChangeset(copy.files);
  expect(new Set(levels())).toEqual(new Set(["major"]));
  await copy.change([...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"], 1);
  await writeChangeset(copy.files);
  expect(new Set(levels())).toEqual(new Set(["minor"]));
});

test("keeps words that a person has edited", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write(
    FILE,
    copy.read(FILE).replace("The contract has grown:", "Webhooks have a color now, for your dashboards:"),
  );
  const edited = copy.read(FILE);
  expect(await problemsOf(copy.files)).toEqual([]);
  expect(await writeChangeset(copy.files)).toBe(`${FILE} is up to date.`);
  expect(copy.read(FILE)).toBe(edited);
});

test("keeps edited words above the new ones when the document changes again", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write(
    FILE,
    copy.read(FILE).replace(/The contract has grown:[\s\S]*?response\)\./, "Webhooks have a color now."),
  );
  await copy.change([...SCHEMAS, "Webhook", "properties", "size"], TEXT);
  expect(await problemsOf(copy.files)).toEqual([expect.stringContaining("It keeps your own words.")]);
  expect(await writeChangeset(copy.files)).toContain("Your words stay: check that they still fit.");
  expect(splitChangeset(copy.read(FILE)).text).toMatch(
    /^Webhooks have a color now\.\n\n<!--[\s\S]*`Webhook\.size` is new/,
  );
  expect(await problemsOf(copy.files)).toEqual([]);
  expect(await writeChangeset(copy.files)).toBe(`${FILE} is up to date.`);
});

test("accepts a text that a person wrote without marks", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  const own = `---\n"@mindbridge-sdk/client": minor\n---\n\nWebhooks have a color now.\n`;
  copy.write(FILE, own);
  expect(await problemsOf(copy.files)).toEqual([]);
  expect(await writeChangeset(copy.files)).toBe(`${FILE} is up to date.`);
  expect(copy.read(FILE)).toBe(own);
  // Later changes are written below.
  await copy.change([...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"], 5);
  await writeChangeset(copy.files);
  expect(copy.read(FILE)).toMatch(/^---\n"@mindbridge-sdk\/client": major\n---\n\nWebhooks have a color now\.\n\n<!--/);
});

test("loses nothing if a person deletes a mark", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write(FILE, copy.read(FILE).replace("<!-- the end of this part -->", "Words of a person."));
  for (const level of [5, 6]) {
    await copy.change([...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"], level);
    await writeChangeset(copy.files);
  }
  const { text } = splitChangeset(copy.read(FILE));
  expect(text).toMatch(/^The contract has grown:[\s\S]*Words of a person\.\n\n<!--/);
  expect(text.match(/The contract has changed/g)).toHaveLength(1);
});

test("reads a head as changesets does, and writes one", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  copy.write(FILE, `\uFEFF--- \n"@mindbridge-sdk/client": patch # why\n--- \n\nWords.\n`);
  await writeChangeset(copy.files);
  expect(copy.read(FILE)).toMatch(/^---\n"@mindbridge-sdk\/client": minor # why\n---\n\nWords\.\n\n<!--/);
  expect(copy.read(FILE).match(/^---/gm)).toHaveLength(2);
});

test("keeps a level that a person raised through every change of the document", async () => {
  using copy = await releasedCopy();
  const document = copy.read("spec/openapi.yaml");
  const minLength = [...SCHEMAS, "WebhookCreate", "properties", "name", "minLength"];
  const raised = /^"@mindbridge-sdk\/client": major$/m;
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write(FILE, copy.read(FILE).replaceAll('": minor', '": major'));
  expect(await problemsOf(copy.files)).toEqual([]);
  for (const value of [5, 1]) {
    await copy.change(minLength, value);
    await writeChangeset(copy.files);
    expect(copy.read(FILE)).toMatch(raised);
  }
  copy.write("spec/openapi.yaml", document);
  await copy.change(["info", "version"], "1.0.0");
  expect(await writeChangeset(copy.files)).toContain("The file still asks for the level that you set");
  expect(copy.read(FILE)).toMatch(raised);
  expect(await problemsOf(copy.files)).toEqual([expect.stringContaining("asks for a major release, and does not")]);
});

test("removes the file when the change is undone", async () => {
  using copy = await releasedCopy();
  const before = copy.read("spec/openapi.yaml");
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write("spec/openapi.yaml", before);
  await copy.change(["info", "version"], "1.0.0");
  await writeChangeset(copy.files);
  expect(existsSync(join(copy.files.root, FILE))).toBe(false);
});

test("the changelog has the text without the marks", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  const summary = splitChangeset(copy.read(FILE)).text;
  expect(await changelog.getReleaseLine({ summary })).toMatchInlineSnapshot(`
    "- The contract has grown:

      - \`Webhook.color\` is new (\`webhooks.create\`, \`webhooks.get\`: response)."
  `);
});
