import { expect, test } from "vitest";
import {
  type Document,
  deliveryTypes,
  examplesOf,
  openEnumName,
  parametersOf,
  resolve,
  type Schema,
} from "../src/document.ts";

const document = {
  openapi: "3.1.1",
  info: { title: "", version: "" },
  components: {
    schemas: {
      Color: { type: "string", enum: ["red"] },
      Text: { type: "string" },
      Anything: true,
      Again: { $ref: "#/components/schemas/Color" },
    },
    parameters: { Page: { name: "page", in: "query" } },
    examples: { One: { value: 1 } },
  },
  paths: { "/v1/{id}~": { get: { summary: "Read." } } },
} as unknown as Document;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test.each([
  ["another reference", ref("Again"), { type: "string", enum: ["red"] }],
  ["a schema that is a boolean", ref("Anything"), true],
  ["a path, escaped", { $ref: "#/paths/~1v1~1%7Bid%7D~0/get" }, { summary: "Read." }],
])("a reference is followed to %s", (_, reference, found) => {
  expect(resolve<object>(document, reference)).toEqual(found);
});

const string = { type: "string" };
test.each<[string, object, string | undefined]>([
  ["the enum and any string", { anyOf: [ref("Color"), string] }, "Color"],
  ["any string and the enum", { anyOf: [string, ref("Color")] }, "Color"],
  ["an enum without a name", { anyOf: [{ type: "string", enum: ["a"] }, string] }, undefined],
  ["the enum and a string of a form", { anyOf: [ref("Color"), { type: "string", maxLength: 3 }] }, undefined],
  ["the enum and a number", { anyOf: [ref("Color"), { type: "integer" }] }, undefined],
  ["the enum and a schema of another keyword", { anyOf: [ref("Color"), { const: "string" }] }, undefined],
  ["the enum and a reference", { anyOf: [ref("Color"), ref("Text")] }, undefined],
  ["a schema that lists nothing", { anyOf: [ref("Text"), string] }, undefined],
  ["three branches", { anyOf: [ref("Color"), string, { type: "null" }] }, undefined],
  ["one branch", { anyOf: [ref("Color")] }, undefined],
  ["a part of more", { anyOf: [ref("Color"), string], allOf: [ref("Text")] }, undefined],
  ["the enum itself", { type: "string", enum: ["a"] }, undefined],
])("an enum that may grow: %s", (_, schema, name) => {
  expect(openEnumName(document, schema)).toBe(name);
});

test("the parameters of an operation go over those of its path that have the same name and place", () => {
  const id = { name: "id", in: "path", required: true } as const;
  const page = { $ref: "#/components/parameters/Page" };
  const own = { name: "page", in: "header" } as const;
  expect(
    parametersOf(document, { parameters: [id, page] }, { parameters: [own, { ...id, description: "Own." }] }),
  ).toEqual([{ ...id, description: "Own." }, { name: "page", in: "query" }, own]);
  expect(parametersOf(document, {}, {})).toEqual([]);
});

test("examples keep their names, and the one without is called example", () => {
  expect(examplesOf(document, { examples: { one: { $ref: "#/components/examples/One" } }, example: 2 })).toEqual({
    one: 1,
    example: 2,
  });
  expect(examplesOf(document, {})).toEqual({});
});

test.each<[string, Schema | undefined, string[]]>([
  ["its const", { properties: { type: { const: "a" } } }, ["a"]],
  ["the strings of its enum", { properties: { type: { enum: ["a", 1, "b"] } } }, ["a", "b"]],
  ["a part", { allOf: [ref("Text"), { properties: { type: ref("Color") } }] }, ["red"]],
  [
    "its own before a part",
    { properties: { type: { const: "a" } }, allOf: [{ properties: { type: { const: "b" } } }] },
    ["a"],
  ],
  ["nothing", { properties: { other: { const: "a" } } }, []],
  ["no schema", undefined, []],
])("a delivery has its type from %s", (_, schema, types) => {
  const media = schema ? { schema } : {};
  expect(deliveryTypes(document, { requestBody: { content: { "application/json": media } } })).toEqual(types);
});

test("what has no JSON body has no type of delivery", () => {
  expect(deliveryTypes(document, {})).toEqual([]);
  expect(deliveryTypes(document, { requestBody: { content: { "text/plain": {} } } })).toEqual([]);
});
