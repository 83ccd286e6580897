import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import changelog from "../src/changelog.ts";
import { splitChangeset } from "../src/changesets.ts";
import { writeChangeset } from "../src/commands/changeset.ts";
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

    <!-- pnpm spec:changeset writes this part: minor -->

    The contract has grown:

    - \`enum\` of \`WebhookStatus\` gains \`"PAUSED"\` (\`webhooks.create\`, \`webhooks.get\`: request, response).
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

test("writes nothing where there is nothing to say", async () => {
  using copy = await releasedCopy();
  await copy.change([...SCHEMAS, "Webhook", "x-note"], "for those who keep the document");
  copy.write("spec/openapi.yaml", `# A comment.\n${copy.read("spec/openapi.yaml")}`);
  expect(await writeChangeset(copy.files)).toBe("There is nothing to say: the document needs no changeset.");
  expect(existsSync(join(copy.files.root, FILE))).toBe(false);
});

test("keeps what a person wrote, before, behind and in the head", async () => {
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
  expect(text).toMatch(/^\nBefore\.\n\n<!--[\s\S]*WebhookCreate\.size[\s\S]*-->\n\nBehind\.\n$/);
});

test("follows the level up and down, where a person left it", async () => {
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

test("goes when the change is taken back", async () => {
  using copy = await releasedCopy();
  const before = copy.read("spec/openapi.yaml");
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  copy.write("spec/openapi.yaml", before);
  await copy.change(["info", "version"], "1.0.0");
  await writeChangeset(copy.files);
  expect(existsSync(join(copy.files.root, FILE))).toBe(false);
});

test("the changelog has the words, and no marks", async () => {
  using copy = await releasedCopy();
  await copy.change(NEW_FIELD, TEXT);
  await writeChangeset(copy.files);
  const summary = splitChangeset(copy.read(FILE)).text;
  expect(await changelog.getReleaseLine({ summary })).toMatchInlineSnapshot(`
    "- The contract has grown:

      - \`Webhook.color\` is new (\`webhooks.create\`, \`webhooks.get\`: response)."
  `);
});
