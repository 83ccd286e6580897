import { valueAt } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { checkExamples } from "../src/check-examples.ts";
import { documentOf, json, object, operation, ref } from "./corpus/kind.ts";
import type { AnyDocument } from "./documents.ts";

const text = { type: "string" };
const answer = (schema: object, example: unknown) => ({
  responses: { 200: { description: "It.", ...json(schema, { example }) } },
});

const answerOf = (mediaType: string, schema: object, example: unknown) => ({
  responses: { 200: { description: "It.", content: { [mediaType]: { schema, example } } } },
});

const schemas = {
  Account: object({ id: { ...text, readOnly: true }, name: text, secret: { ...text, writeOnly: true } }),
  Base: object({ id: text }),
  Cat: object({ lives: { type: "integer" } }),
  Dog: object({ name: text }),
};
const dated = { ...text, format: "date" };
const pet = {
  oneOf: [ref("Cat"), ref("Dog")],
  discriminator: {
    propertyName: "kind",
    mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
  },
};

/** Operations with an example, what is wrong with it, and where if it is not in the operation. */
const CASES: Readonly<Record<string, { readonly get: AnyDocument; readonly wrong?: RegExp; readonly at?: string }>> = {
  right: { get: answer(ref("Base"), { id: "1" }) },
  "of another type": {
    get: answer(ref("Base"), { id: 1 }),
    wrong: /^The example breaks its schema: expected the type string at `\/id`, and not 1\. Correct one of the two\.$/,
  },
  "without what is required": { get: answer(ref("Base"), {}), wrong: /expected a value at `\/id`\./ },
  "with more than a joined schema lists": {
    get: answer({ allOf: [ref("Base"), object({ size: { type: "integer" } })] }, { id: "1", size: 2, colour: "red" }),
    wrong: /^The schema of the example does not list `\/colour`\. Describe it, or leave it out\.$/,
  },
  "with properties of any name": {
    get: answer({ ...object({ id: text }), additionalProperties: text }, { id: "", a: "" }),
  },
  "of a choice, and what is missing of the one that is meant": {
    get: answer(pet, { kind: "cat" }),
    wrong: /expected a value at `\/lives`\./,
  },
  "of a choice, right": { get: answer(pet, { kind: "dog", name: "Rex" }) },
  "of a choice, without what decides": { get: answer(pet, { name: "Rex" }), wrong: /expected a value at `\/kind`\./ },
  "of no object, where properties are listed": {
    get: answer({ properties: { id: text } }, null),
    wrong: /expected the type object, and not null\./,
  },
  "read with what only the server sets": { get: answer(ref("Account"), { id: "1", name: "A" }) },
  "read with what is only sent": {
    get: answer(ref("Account"), { id: "1", name: "A", secret: "s" }),
    wrong: /does not list `\/secret`/,
  },
  "without a property that is called as one of every object": {
    get: answer({ type: "object", properties: { id: text, constructor: text, toString: text } }, { id: "1" }),
  },
  "of XML, written as a text": { get: answerOf("application/xml", ref("Base"), "<base><id>1</id></base>") },
  "of a text that is another one": {
    get: answerOf("text/plain", { ...text, enum: ["ok"] }, "no"),
    wrong: /expected one of "ok", and not "no"|expected "ok"/,
  },
  "with what two parts of a schema list together": {
    get: answer(
      {
        allOf: [
          { type: "object", properties: { of: { type: "object", additionalProperties: object({ id: text }) } } },
          { type: "object", properties: { of: object({ one: object({ size: text }) }) } },
        ],
      },
      { of: { one: { id: "1", size: "s" } } },
    ),
  },
  "of a parameter": {
    get: { parameters: [{ name: "day", in: "query", description: "A day.", schema: dated, example: "2026-02-31" }] },
    wrong: /expected the format date, and not "2026-02-31"/,
  },
  "of a schema in a property": {
    get: answer({ type: "object", properties: { day: { ...dated, example: "soon" } } }, {}),
    wrong: /expected the format date, and not "soon"/,
  },
  "of a component": {
    get: {
      responses: {
        200: { description: "It.", ...json(ref("Base"), { examples: { one: { $ref: "#/components/examples/One" } } }) },
      },
    },
    wrong: /expected the type object, and not "one"/,
    at: "#/components/examples/One/value",
  },
};

const account = { requestBody: { required: true, ...json(ref("Account"), { example: { name: "A", secret: "s" } }) } };
const paths = {
  ...Object.fromEntries(
    Object.values(CASES).map(({ get }, index) => [`/${index}`, { get: operation(`examples.get${index}`, get) }]),
  ),
  "/accounts": { post: operation("accounts.create", account) },
};
const document = documentOf([{ document: { paths, components: { schemas, examples: { One: { value: "one" } } } } }]);
const findings = checkExamples(document);

test.for(Object.entries(CASES))("an example %s", ([name, { wrong, at }]) => {
  const place = at ?? `#/paths/~1${Object.keys(CASES).indexOf(name)}/`;
  const own = findings.filter(({ pointer }) => pointer.startsWith(place));
  expect(own.map(({ message }) => message)).toEqual(wrong ? [expect.stringMatching(wrong)] : []);
  for (const { pointer } of own) expect(valueAt(document, pointer)).toBeDefined();
});

test("no other example is refused, such as one that is sent without what only the server sets", () => {
  expect(findings.filter(({ pointer }) => !/^#\/(paths\/~1\d+\/|components\/examples\/)/.test(pointer))).toEqual([]);
});
