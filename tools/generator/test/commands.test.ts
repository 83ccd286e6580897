import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { type AnyDocument, addOperations, changedDocument } from "./documents.ts";

/** The operations of the table that follows from a document, by the words of their commands. */
async function commandsOf(change: (document: AnyDocument) => void): Promise<Map<string, AnyDocument>> {
  const files = await generate({ document: changedDocument(change) });
  const text = files.get("packages/cli/src/generated/operations.ts") ?? "";
  const table: AnyDocument[] = JSON.parse(text.slice(text.indexOf("= [") + 2, text.lastIndexOf(";")));
  return new Map(
    table.flatMap(({ word, operations }) =>
      operations.map((operation: AnyDocument) => [`${word} ${operation.word}`, operation]),
    ),
  );
}

/** The flags of `webhooks create` for a body with these properties, without what all flags have in common. */
async function flagsOf(properties: object, more: object = {}): Promise<AnyDocument[]> {
  const commands = await commandsOf((document) => {
    document.components.schemas.WebhookCreate = { type: "object", properties, ...more };
    document.paths["/v1/webhooks"].post.requestBody.content["application/json"].examples = undefined;
  });
  const { flags } = commands.get("webhooks create");
  return flags.map((flag: AnyDocument) => ({ ...flag, in: undefined, description: undefined }));
}

const plain = { required: false, list: false };

test("an operation that is added to the document is a command", async () => {
  expect([...(await commandsOf(() => {})).keys()]).toEqual([
    "webhooks create",
    "webhooks get",
    "webhook-event-logs get",
  ]);
  const commands = await commandsOf(addOperations);
  expect(commands.get("webhooks update")).toMatchObject({
    writes: true,
    arguments: [{ word: "webhook-id", description: "The id." }],
    body: { required: true },
  });
  expect(commands.get("webhooks update").flags.map(({ flag }: AnyDocument) => flag)).toEqual(
    commands.get("webhooks create").flags.map(({ flag }: AnyDocument) => flag),
  );
  expect(commands.get("webhooks delete")).toMatchObject({ writes: true, deprecated: true, flags: [] });
  expect(commands.get("webhooks list")).toMatchObject({ writes: false });
  expect(commands.get("webhooks list").flags[0]).toMatchObject({ in: "query" });
});

test("the example of a form is that of the document", async () => {
  const example = { name: "Close the books" };
  const commands = await commandsOf((document) => {
    document.paths["/v1/webhooks"].post.requestBody.content = {
      "application/x-www-form-urlencoded": {
        schema: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
        example,
      },
    };
    delete document.components.schemas.WebhookCreate;
  });
  expect(commands.get("webhooks create").body.example).toEqual(example);
});

test.each([
  ["text", { type: "string" }, { type: "string" }],
  ["a number or null", { type: ["number", "null"] }, { type: "number" }],
  [
    "a reference beside a description",
    { description: "d", allOf: [{ $ref: "#/components/schemas/WebhookStatus" }] },
    { type: "string", values: ["ACTIVE", "INACTIVE"] },
  ],
  ["a choice of one type and null", { anyOf: [{ type: "integer" }, { type: "null" }] }, { type: "integer" }],
  ["numbers that are listed", { type: "integer", enum: [1, 2] }, { type: "integer", values: [1, 2] }],
  ["a constant", { const: "a" }, { type: "string", values: ["a"] }],
  ["an object", { type: "object" }, { type: "json" }],
  // A further type that is allowed does not change a command.
  ["one of several types", { anyOf: [{ type: "string" }, { type: "object" }] }, { type: "string" }],
  ["one of a list of types", { type: ["integer", "string"] }, { type: "integer" }],
  [
    "a list, or one of its items",
    { type: ["array", "string"], items: { type: "string" } },
    { list: true, type: "string" },
  ],
  [
    "one of some values, or a name that is newer",
    { anyOf: [{ $ref: "#/components/schemas/WebhookStatus" }, { type: "string" }] },
    { type: "string", values: ["ACTIVE", "INACTIVE"] },
  ],
  [
    "one of some values, or a text of a form",
    { anyOf: [{ $ref: "#/components/schemas/WebhookStatus" }, { type: "string", pattern: "^X" }] },
    { type: "string" },
  ],
  ["anything", true, { type: "any" }],
  ["anything, with a description", { description: "d" }, { type: "any" }],
  ["all of several schemas", { allOf: [{ type: "object" }, { properties: {} }] }, { type: "json" }],
  ["a list", { type: "array", items: { type: "boolean" } }, { list: true, type: "boolean" }],
  ["a tuple", { type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" } }, { type: "json" }],
  ["deprecated", { type: "string", deprecated: true }, { type: "string", deprecated: true }],
  ["a list of lists", { type: "array", items: { type: "array" } }, { list: true, type: "json" }],
])("a property that is %s becomes a flag", async (_, property, reading) => {
  expect(await flagsOf({ some: property })).toEqual([{ flag: "--some", name: "some", ...plain, ...reading }]);
});

test("a flag with a taken name has the name of its place before it", async () => {
  const string = { type: "string" };
  const properties = { data: string, noReply: string, aB: string, a_b: string, "a-b": string, 中: string };
  const flags = await flagsOf({ ...properties, key: { type: "string", readOnly: true } });
  expect(flags.map(({ flag, name }) => [flag, name])).toEqual([
    ["--body-data", "data"],
    ["--body-no-reply", "noReply"],
    ["--a-b", "aB"],
    ["--body-a-b", "a_b"],
  ]);
});

test("the parts of an `allOf` give one list of flags, required where any part says so, of the type that any part says", async () => {
  const string = { type: "string" };
  const allOf = [{ type: "object", required: ["b"], properties: { a: string, b: { type: "array", items: string } } }];
  const flags = await flagsOf({ b: { maxItems: 3 }, c: string }, { allOf, required: ["a"] });
  expect(flags.map(({ flag, required, list }) => [flag, required, list])).toEqual([
    ["--a", true, false],
    ["--b", true, true],
    ["--c", false, false],
  ]);
});
