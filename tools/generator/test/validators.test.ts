import type { Schema } from "@mindbridge-sdk/openapi";
import { beforeAll, describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { addOperations, changedDocument } from "./documents.ts";
import { type Generated, generateValidators } from "./validators.ts";

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A name that means something to JSON Pointers and to template literals. */
const ODD_NAME = `a/b~\`\${x}`;

const schemas = {
  Color: { type: "string", enum: ["red", "green"] },
  Base: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
  Both: {
    title: "Not for a validator",
    allOf: [ref("Base"), { type: "object", properties: { color: { anyOf: [ref("Color"), { type: "string" }] } } }],
  },
  Beside: { ...(ref("Base") as object), properties: { more: { type: "integer" } } },
  Described: { type: "object", properties: { base: { allOf: [ref("Base")], description: "Described here." } } },
  Tree: {
    type: "object",
    properties: { name: { type: "string" }, children: { type: "array", items: ref("Tree") } },
  },
  Either: {
    oneOf: [ref("Base"), { type: "object", required: ["name"], properties: { name: { type: "string" } } }],
  },
  Circle: {
    type: "object",
    required: ["kind", "radius"],
    properties: { kind: { const: "circle" }, radius: { type: "number" } },
  },
  Square: {
    allOf: [
      { type: "object", required: ["kind"], properties: { kind: ref("SquareKind") } },
      { type: "object", required: ["side"], properties: { side: { type: "number" }, name: { type: "string" } } },
    ],
  },
  SquareKind: { enum: ["square", "tile"] },
  Shape: { oneOf: [ref("Circle"), ref("Square")] },
  Shapes: {
    type: "object",
    properties: { first: { anyOf: [ref("Circle"), { type: "null" }, ref("Square")] } },
  },
  ClosedShape: { oneOf: [ref("Circle"), ref("Square")], unevaluatedProperties: false },
  Anything: { type: "object" },
  Formats: {
    type: "object",
    properties: {
      small: { type: "integer", format: "int32" },
      odd: { type: "string", format: "no-such-format" },
      day: { type: "string", format: "date" },
      time: { type: "string", format: "date-time" },
      mail: { type: "string", format: "email" },
    },
  },
  Below: { type: "object", properties: { id: { $ref: "#/components/schemas/Base/properties/id" } } },
  Names: {
    type: "object",
    required: [ODD_NAME],
    properties: { [ODD_NAME]: { type: "integer" }, constructor: { type: "integer" } },
    additionalProperties: { type: "boolean" },
  },
} satisfies Record<string, Schema>;

let generated: Readonly<Record<keyof typeof schemas, Generated>>;
beforeAll(async () => {
  generated = await generateValidators(schemas);
});

test.for<[keyof typeof schemas, unknown, boolean, boolean]>([
  ["Both", { id: "1", color: "red" }, true, true],
  ["Both", { id: "1", color: "blue" }, true, false],
  ["Both", { id: "1", more: 1 }, true, false],
  ["Both", { color: "red" }, false, false],
  ["Both", { id: "1", color: 1 }, false, false],
  ["Beside", { id: "1", more: 1 }, true, true],
  ["Beside", { id: "1", less: 1 }, true, false],
  ["Beside", { more: 1 }, false, false],
  ["Described", { base: { id: "1" } }, true, true],
  ["Described", { base: { id: "1", more: 1 } }, true, false],
  ["Tree", { name: "a", children: [{ name: "b", children: [{}] }] }, true, true],
  ["Tree", { children: [{ children: [{ more: 1 }] }] }, true, false],
  ["Tree", { children: [{ children: [{ name: 1 }] }] }, false, false],
  ["Either", { id: "1" }, true, true],
  ["Either", { id: "1", more: 1 }, true, false],
  ["Either", {}, false, false],
  ["Either", { id: "1", name: "a" }, false, false],
  ["Anything", { what: "ever" }, true, true],
  ["Formats", { small: 2 ** 31 - 1, odd: "x", day: "2026-01-01" }, true, true],
  ["Formats", { small: 2 ** 31 }, false, false],
  ["Formats", { day: "today" }, false, false],
  ["Formats", { day: "2026-02-31" }, false, false],
  ["Formats", { day: "2028-02-29", time: "2028-02-29T23:59:59Z" }, true, true],
  ["Formats", { time: "2026-02-29T23:59:59Z" }, false, false],
  ["Formats", { mail: "nobody" }, false, false],
  ["Below", { id: "1" }, true, true],
  ["Below", { id: 1 }, false, false],
  ["Names", { [ODD_NAME]: 1, other: true }, true, true],
  ["Names", { [ODD_NAME]: 1, constructor: "x" }, false, false],
])("%s accepts %j: contract %s, known %s", ([name, value, byContract, asKnown]) => {
  const { guard, inspect } = generated[name];
  expect(guard(value)).toBe(byContract);
  expect(inspect(value).length === 0).toBe(asKnown);
});

describe("the problems of a value", () => {
  const problemsOf = (name: keyof typeof schemas, value: unknown) =>
    generated[name].guard.problems(value).map(({ pointer, keyword }) => `${pointer} ${keyword}`);

  test("have the pointers of deep values, through references", () => {
    expect(problemsOf("Tree", { children: [{}, { children: [{ name: 1 }] }, 2] })).toEqual([
      "/children/1/children/0/name type",
      "/children/2 type",
    ]);
  });

  test("have pointers with names that need to be escaped", () => {
    expect(problemsOf("Names", { "x/~": 1 })).toEqual([`/a~1b~0\`\${x} required`, "/x~1~0 type"]);
  });

  test("are those of each alternative where none matches, and only that of the choice where several do", () => {
    expect(problemsOf("Either", {})).toEqual(["/id required", "/name required", " oneOf"]);
    expect(problemsOf("Either", { id: "1", name: "a" })).toEqual([" oneOf"]);
  });

  test.for<[keyof typeof schemas, unknown, string[]]>([
    ["Shape", { kind: "tile", radius: 1, name: 2 }, ["/side required", "/name type"]],
    ["Shape", { kind: "line" }, ["/kind enum"]],
    ["Shape", { radius: 1 }, ["/kind enum"]],
    ["Shape", "circle", [" type"]],
    ["Shapes", { first: { kind: "circle" } }, ["/first/radius required"]],
    ["Shapes", { first: 1 }, ["/first type", "/first anyOf"]],
    ["ClosedShape", { kind: "square", side: "1", more: 1 }, ["/side type", "/more unevaluatedProperties"]],
    ["ClosedShape", { kind: "line", side: 1 }, ["/kind enum"]],
  ])("are those of the alternative that a property names: %s of %j", ([name, value, problems]) => {
    expect(problemsOf(name, value)).toEqual(problems);
  });

  test("name every alternative that there is, where a property names none", () => {
    expect(generated.Shape.guard.problems({ kind: "line" }).map(({ expected }) => expected)).toEqual([
      'one of "circle", "square", "tile"',
    ]);
  });

  test("of a response are only what is new in the alternative that it names", () => {
    expect(generated.Shape.inspect({ kind: "circle", radius: 1, more: 1 })).toMatchObject([
      { kind: "unknown-field", pointer: "/more" },
    ]);
  });
});

test("the code of a schema is written once, whoever refers to it", async () => {
  const files = await generate({ document: changedDocument(addOperations) });
  const texts = [...files].filter(([path]) => path.includes("/validators/")).map(([, text]) => text);
  expect(texts.filter((text) => text.includes("FILE_MANAGER_FILE_ADDED"))).toHaveLength(1);
});

test("added operations have validators, also for inline schemas, and none without content", async () => {
  const files = await generate({ document: changedDocument(addOperations) });
  const folder = "packages/contract/src/generated";
  const table = files.get(`${folder}/operation-validators.ts`);
  expect(table).toMatch(
    /"webhooks\.update": \{\s+request: isWebhookCreate,\s+isRequestRequired: true,\s+responses: \{\s+"200": inspectWebhook,/,
  );
  expect(table).toMatch(/"webhooks\.delete": \{\s+responses: \{\s+"204": undefined,/);
  expect(table).toMatch(/"webhooks\.list": \{\s+responses: \{\s+"200": inspectWebhooksListResponse,/);
  expect(files.get(`${folder}/validators.ts`)).toContain(
    "export const isEngagementCreatedDelivery: Validator<EngagementCreatedDelivery>",
  );
  expect(files.has(`${folder}/validators/WebhooksListResponse.known.ts`)).toBe(true);
});
