import { describe, expect, test } from "vitest";
import type { Document } from "../../src/document.ts";
import { departuresOf } from "../../src/live/departures.ts";
import { createRedactor } from "../../src/live/redact.ts";
import type { Schema } from "../../src/schema.ts";

const node: Schema = {
  type: "object",
  properties: { name: { type: "string" }, inner: { $ref: "#/components/schemas/Node" } },
};
const document: Document = { components: { schemas: { Node: node } } };
const named = { properties: { name: { type: "string" } } } as const;

describe("the departures of a body", () => {
  test.each<{ what: string; schema: Schema; value: unknown; lines: string[] }>([
    { what: "nothing", schema: node, value: { name: "a", inner: { inner: {} } }, lines: [] },
    {
      what: "a field in a schema that holds itself",
      schema: node,
      value: { inner: { inner: { new: 1 } } },
      lines: ["unknown-field /inner/inner/new"],
    },
    { what: "no field where none is listed", schema: { type: "object" }, value: { any: 1 }, lines: [] },
    {
      what: "no field that a map describes, and a field inside of it",
      schema: { type: "object", additionalProperties: named },
      value: { any: { name: "a", more: 1 } },
      lines: ["unknown-field /any/more"],
    },
    {
      what: "no field that another part of an allOf or a pattern lists",
      schema: { allOf: [named, { properties: { other: true } }], patternProperties: { "^x-": true } },
      value: { name: "a", other: 1, "x-any": 1 },
      lines: [],
    },
    { what: "a field named like a method", schema: named, value: { toString: 1 }, lines: ["unknown-field /toString"] },
    {
      what: "a value that a list open to any text does not name",
      schema: { type: "array", items: { anyOf: [{ enum: ["A"] }, { type: "string" }] } },
      value: ["A", "B"],
      lines: ["unknown-value /1"],
    },
    { what: "once a value outside of a closed list", schema: { enum: ["A"] }, value: "B", lines: ["violation "] },
    {
      what: "once a value that fits no branch",
      schema: { anyOf: [{ type: "string" }, { type: "object", required: ["a"] }] },
      value: 1,
      lines: ["violation "],
    },
    {
      what: "every violation, and its place",
      schema: { type: "object", required: ["a/b"], properties: { c: { type: "integer", minimum: 3 } } },
      value: { c: 1 },
      lines: ["violation /a~1b", "violation /c"],
    },
  ])("are $what", ({ schema, value, lines }) => {
    const found = departuresOf(document, schema, value);
    expect(found.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual(lines);
  });

  test("tell no value of a field that the contract does not list", () => {
    const found = departuresOf(document, named, { private: "Robin Okafor" });
    expect(JSON.stringify(found)).not.toContain("Robin");
  });
});

test.each([
  { what: "as it is", text: "a s3/cr&t b" },
  { what: "in JSON", text: String.raw`a s3\/cr\u0026t b` },
  { what: "in a URL", text: "a s3%2Fcr%26t b" },
  { what: "in HTML", text: "a s3&#47;cr&#x26;t b" },
  { what: "in JSON in JSON", text: String.raw`a s3\\/cr\\u0026t b` },
])("a secret is found $what", ({ text }) => {
  expect(createRedactor(["s3/cr&t"])(text)).toBe("a [redacted] b");
});

test("no secret is no text, and one that begins like another is found whole", () => {
  expect(createRedactor([""])("a%20b")).toBe("a%20b");
  expect(createRedactor(["ab", "abc"])("abc ab %61bc")).toBe("[redacted] [redacted] [redacted]");
});
