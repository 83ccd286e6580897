import { expect, test } from "vitest";
import { compareDocuments } from "../src/compare/compare-documents.ts";

type Node = Readonly<Record<string, unknown>>;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const text = { type: "string" };

/** A document whose one operation answers with a `Pet`. */
const withSchemas = (schemas: Node, operation: Node = {}, more: Node = {}): Node => ({
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  paths: {
    "/pets/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      get: { operationId: "pets.get", responses: { "200": { description: "", ...json(ref("Pet")) } }, ...operation },
    },
  },
  components: { schemas },
  ...more,
});
const pet = (schema: unknown, others: Node = {}): Node => withSchemas({ Pet: schema, ...others });
const object = (properties: Node, more: Node = {}) => ({ type: "object", properties, ...more });
const plain = object({ name: text });
const node = (kind: number) => object({ child: ref("Pet"), kind: { const: kind } });
const cat = object({ kind: { const: "cat" }, next: ref("Pet") }, { required: ["kind"] });
const many = (field: Node) => {
  const names = Array.from({ length: 30 }, (_, index) => `V${index}`);
  const schemas = names.map((name) => [name, object({ kind: { const: name }, next: ref("Pet"), ...field })]);
  return pet({ oneOf: names.map(ref) }, Object.fromEntries(schemas));
};

const DOCUMENTS: Readonly<Record<string, Node>> = {
  "a plain schema": pet(plain),
  "nothing but a version": { openapi: "3.1.0" },
  "no paths": { openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" } },
  "no responses": withSchemas({}, { responses: undefined, operationId: undefined }),
  "a schema that is true": pet(true),
  "a schema that is false": pet(false),
  "boolean schemas inside": pet({ ...object({ a: true, b: false }), items: false, patternProperties: { "^x": true } }),
  "keywords beside a $ref": pet({ ...ref("Base"), required: ["a"], maxProperties: 2 }, { Base: plain }),
  "a $ref into a schema": pet(object({ name: text, other: { $ref: "#/components/schemas/Pet/properties/name" } })),
  "an encoded $ref": pet(object({ "a/b~c": { $ref: "#/components/schemas/A%20B" } }), { "A B": plain }),
  "a tree": pet({ anyOf: [text, object({ child: ref("Pet"), n: { type: "integer" } })] }),
  "a tree of lists": pet({ anyOf: [{ type: "array", items: ref("Pet") }, object({ child: ref("Pet"), n: text })] }),
  "a tree of one kind": pet({ anyOf: [node(1)] }),
  "a tree of two kinds": pet({ anyOf: [node(1), node(2)] }),
  "an allOf that holds itself": pet({ allOf: [ref("Pet"), { type: "object" }] }),
  "an anyOf that holds itself": pet({ anyOf: [ref("Pet"), { type: "object" }] }),
  "schemas that hold each other": pet(object({ b: ref("B") }), {
    B: { anyOf: [ref("Pet"), { type: "array", items: ref("B") }, { type: "null" }] },
  }),
  "others that hold each other": pet(object({ b: ref("B"), c: true }), {
    B: { oneOf: [ref("Pet"), { type: "array", items: { anyOf: [ref("B"), { type: "integer" }] } }] },
  }),
  "many choices": many({}),
  "many other choices": many({ extra: text }),
  "choices in each other": pet({
    allOf: [1, 2, 3, 4].map((n) => ({ anyOf: [1, 2, 3, 4, 5, 6].map((m) => ({ required: [`${n}${m}`] })) })),
  }),
  "a discriminator": pet(
    { oneOf: [ref("Cat"), { type: "object", allOf: [plain] }], discriminator: { propertyName: "kind" } },
    { Cat: cat },
  ),
  "a mapping": pet(
    { anyOf: [ref("Cat")], discriminator: { propertyName: "type", mapping: { c: "Cat" } } },
    { Cat: cat },
  ),
  "values of every type": pet({ enum: [1, "a", null, true, { a: 1 }, [1]] }),
  "no values": pet({ enum: [] }),
  "every type": pet({
    type: ["object", "null", "array", "string", "integer", "number", "boolean"],
    prefixItems: [true],
    properties: {},
  }),
  conditions: pet({
    if: { properties: { a: { const: 1 } } },
    // As text, since an object with a `then` looks like a promise.
    ...JSON.parse('{ "then": { "required": ["b"] } }'),
    else: false,
    not: text,
    contains: true,
    dependentSchemas: { a: true },
    dependentRequired: { a: ["b"] },
    propertyNames: { pattern: "a" },
  }),
  "other conditions": pet({
    if: true,
    not: {},
    contains: text,
    dependentSchemas: { b: false },
    $defs: { A: true },
    unevaluatedProperties: false,
    contentSchema: true,
  }),
  callbacks: withSchemas(
    { Pet: plain },
    { callbacks: { on: { "{$request.body#/url}": { post: { requestBody: json(true), responses: {} } } } } },
  ),
  "headers and links": withSchemas(
    { Pet: plain },
    {
      responses: {
        default: {
          description: "",
          links: { next: { operationId: "pets.get" } },
          headers: { A: { schema: true }, B: json({ type: "integer" }) },
        },
        "4XX": { description: "", content: { "text/plain": {} } },
      },
    },
  ),
  "a form": withSchemas(
    { Pet: plain },
    {
      requestBody: {
        content: {
          "*/*": {},
          "multipart/form-data": { schema: plain, encoding: { name: { contentType: "text/plain" } } },
        },
      },
    },
  ),
  "parameters of each kind": withSchemas(
    { Pet: plain },
    {
      parameters: [
        { name: "c", in: "cookie", ...json(text) },
        { name: "q", in: "query", style: "deepObject", schema: plain },
        { name: "id", in: "path", required: true, schema: { type: "integer" } },
      ],
    },
  ),
  security: withSchemas({ Pet: plain }, { security: [{ missing: [] }, {}] }, { security: [{ missing: ["read"] }] }),
  servers: withSchemas(
    { Pet: plain },
    { servers: [{ url: "/" }] },
    { servers: [{ url: "{a}", variables: { a: { default: "x", enum: ["x"] } } }, { url: "/other" }] },
  ),
  "path items among the components": {
    openapi: "3.1.0",
    paths: { "/pets": { $ref: "#/components/pathItems/Pets" } },
    webhooks: { made: { $ref: "#/components/pathItems/Pets" }, nothing: {}, empty: { post: {} } },
    components: {
      pathItems: { Pets: { post: { requestBody: json(object({ type: { const: "made" } })), responses: {} } } },
    },
  },
  "components of each kind": withSchemas(
    {},
    {
      requestBody: { $ref: "#/components/requestBodies/B" },
      responses: { "200": { $ref: "#/components/responses/R" } },
      parameters: [{ $ref: "#/components/parameters/P" }],
    },
    {
      components: {
        requestBodies: { B: json(true) },
        responses: { R: { description: "", ...json(false) } },
        parameters: { P: { name: "p", in: "query", schema: {} } },
        headers: { H: { schema: {} } },
      },
    },
  ),
};

test.each(Object.entries(DOCUMENTS))("compares any document with one that has %s", (name, document) => {
  for (const [other, base] of Object.entries(DOCUMENTS)) {
    const { level, changes } = compareDocuments(base, document);
    expect({ other, level }).toEqual({ other, level: name === other ? "none" : expect.any(String) });
    for (const { what } of changes) expect(what).toMatch(/^(?!.*(undefined|\[object)).+\.$/);
  }
});

test("a delivery that goes is told once, by its type", () => {
  const schema = object({ type: { const: "pet.sold" } });
  const sold = {
    post: { requestBody: { required: true, ...json(schema) }, responses: { "200": { description: "" } } },
  };
  const before = withSchemas({ Pet: plain }, {}, { webhooks: { sold } });
  const { changes } = compareDocuments(before, pet(plain));
  const told = changes.filter(({ keyword }) => keyword === "webhooks").map(({ what }) => what);
  expect(told).toEqual(["The delivery `pet.sold` is gone."]);
});
