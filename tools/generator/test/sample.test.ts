import type { Document, Schema } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { sample } from "../src/sample.ts";

const document: Document = {
  openapi: "3.1.1",
  info: { title: "", version: "" },
  components: {
    schemas: {
      Node: {
        type: "object",
        properties: { name: { type: "string" }, next: { $ref: "#/components/schemas/Node" } },
      },
      Pair: {
        type: "array",
        minItems: 2,
        prefixItems: [{ type: "number" }, { oneOf: [{ $ref: "#/components/schemas/Pair" }, { type: "null" }] }],
      },
      Endless: {
        type: "object",
        required: ["next"],
        properties: { next: { $ref: "#/components/schemas/Endless" } },
      },
      Envelope: { type: "object", properties: { type: { type: "string" }, count: { type: "integer" } } },
    },
  },
};
const node = (next: object) => ({ name: "text", ...next });

test.each([
  ["a const", { const: 0 }, 0],
  ["an example of its own", { type: "string", example: "a" }, "a"],
  ["an enum", { enum: ["b", "c"] }, "b"],
  ["a date", { type: "string", format: "date-time" }, "2026-03-02T09:15:04.120Z"],
  ["a long text", { type: "string", minLength: 6 }, "texttt"],
  ["numbers with bounds", { type: "object", properties: { a: { type: "number", minimum: 7 } } }, { a: 7 }],
  ["a number above a bound", { type: "integer", exclusiveMinimum: 3 }, 4],
  ["a number between bounds", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
  ["a number below a bound", { type: "integer", maximum: -2 }, -2],
  ["an address", { type: "string", format: "ipv4" }, "192.0.2.1"],
  ["what a list has to hold", { type: "array", contains: { const: "a" }, items: { type: "string" } }, ["a"]],
  [
    "what a tuple begins with",
    { type: "array", minItems: 2, prefixItems: [{ const: 1 }], items: { const: 2 } },
    [1, 2],
  ],
  ["a choice that is not null", { oneOf: [{ type: "null" }, { type: "string" }] }, "text"],
  ["a part that says what is not there", { allOf: [{ type: "string" }, { not: { const: "a" } }] }, "text"],
  ["a property that must not be there", { type: "object", properties: { a: { const: 1 }, b: false } }, { a: 1 }],
  ["base64 of some length", { type: "string", format: "byte", minLength: 6, maxLength: 9 }, "dGV4dGV4"],
  ["base64 of no length", { type: "string", format: "base64url", maxLength: 3 }, ""],
  ["a multiple", { type: "integer", minimum: 5, multipleOf: 7 }, 7],
  ["a short text", { type: "string", maxLength: 2 }, "te"],
  ["a text of a pattern", { type: "string", pattern: "^ENG-[0-9]{4}$" }, expect.stringMatching(/^ENG-[0-9]{4}$/)],
  ["a value that may be null", { type: ["null", "boolean"] }, true],
  ["an array with as many items as it needs", { type: "array", minItems: 2, items: { type: "number" } }, [1, 1]],
  ["an array of anything", { type: "array" }, [{}]],
  ["the first choice", { anyOf: [{ type: "string" }, { type: "number" }] }, "text"],
  [
    "parts, of which a later one overrides an earlier one",
    {
      allOf: [{ $ref: "#/components/schemas/Envelope" }, { type: "object", properties: { type: { const: "a" } } }],
      properties: { own: { type: "boolean" } },
    },
    { type: "a", count: 1, own: true },
  ],
  [
    "a schema that may hold itself",
    { $ref: "#/components/schemas/Node" },
    node({ next: node({ next: node({ next: {} }) }) }),
  ],
  ["a tuple that holds itself, or null", { $ref: "#/components/schemas/Pair" }, [1, [1, [1, [1, null]]]]],
  ["no schema", undefined, {}],
])("%s", (_what, schema, expected) => {
  expect(sample(document, schema as Schema | undefined)).toEqual(expected);
});

test("a schema that requires itself ends", () => {
  expect(JSON.stringify(sample(document, { $ref: "#/components/schemas/Endless" }))).toMatch(/^(\{"next":)+\{\}\}+$/);
});
