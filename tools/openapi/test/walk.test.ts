import { expect, test } from "vitest";
import {
  type Document,
  deliveriesOf,
  operationsOf,
  rootsOf,
  type Schema,
  type Visit,
  walk,
  walkOperation,
} from "../src/index.ts";

/** A document with one operation that sends a body of `schema`. */
function documentWith(schema: Schema, schemas: Record<string, Schema> = {}): Document {
  const requestBody = { content: { "application/json": { schema } } };
  return { paths: { "/a": { post: { operationId: "a.post", requestBody } } }, components: { schemas } };
}

function visitsOf(document: Document): Visit[] {
  return operationsOf(document).flatMap((operation) => [...walkOperation(document, operation)]);
}

const TOP = "#/paths/~1a/post/requestBody/content/application~1json/schema";

test("passes the schema below every keyword, and says where its values stand", () => {
  const keyword = (name: string) => ({ title: name });
  const document = documentWith({
    title: "top",
    properties: { a: keyword("a"), properties: keyword("properties") },
    patternProperties: { "^x": keyword("patternProperties") },
    additionalProperties: keyword("additionalProperties"),
    unevaluatedProperties: false,
    propertyNames: keyword("propertyNames"),
    dependentSchemas: { a: keyword("dependentSchemas") },
    items: keyword("items"),
    prefixItems: [keyword("prefixItems")],
    contains: keyword("contains"),
    unevaluatedItems: keyword("unevaluatedItems"),
    allOf: [keyword("allOf")],
    anyOf: [keyword("anyOf")],
    oneOf: [keyword("oneOf")],
    not: keyword("not"),
    if: keyword("if"),
    ...Object.fromEntries(["then", "else"].map((name) => [name, keyword(name)])),
    contentSchema: keyword("contentSchema"),
    $defs: { Unused: keyword("$defs") },
    examples: [{ items: keyword("data") }],
  });
  const passed = visitsOf(document).map(({ schema, path }) => [
    typeof schema === "boolean" ? schema : schema.title,
    path.join("."),
  ]);
  expect(passed).toEqual([
    ["top", ""],
    ["a", "a"],
    ["properties", "properties"],
    ["patternProperties", "*"],
    ["additionalProperties", "*"],
    [false, "*"],
    ["propertyNames", ""],
    ["dependentSchemas", ""],
    ["items", "[]"],
    ["prefixItems", "[]"],
    ["contains", "[]"],
    ["unevaluatedItems", "[]"],
    ["allOf", ""],
    ["anyOf", ""],
    ["oneOf", ""],
    ["not", ""],
    ["if", ""],
    ["then", ""],
    ["else", ""],
    ["contentSchema", ""],
  ]);
});

test("follows references, names components, and ends where a schema holds itself", () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document = documentWith(
    { items: ref("Alias") },
    {
      Alias: ref("Tree"),
      Tree: { properties: { left: ref("Tree"), right: { ...ref("Alias"), description: "Own." } } },
    },
  );
  const passed = visitsOf(document).map(({ path, pointer, name, keyword, key, parent }) => [
    path.join("."),
    pointer,
    name,
    keyword,
    key,
    parent?.pointer,
  ]);
  const tree = "#/components/schemas/Tree";
  expect(passed).toEqual([
    ["", TOP, undefined, undefined, undefined, undefined],
    ["[]", tree, "Tree", "items", undefined, TOP],
    ["[].right", `${tree}/properties/right`, undefined, "properties", "right", tree],
  ]);
});

test("passes a schema beside a `$ref`, then what the `$ref` leads to", () => {
  const document = documentWith(
    { $ref: "#/components/schemas/Base", maxProperties: 3 },
    { Base: { properties: { a: true } } },
  );
  expect(visitsOf(document).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
    [TOP, undefined],
    ["#/components/schemas/Base", "$ref"],
    ["#/components/schemas/Base/properties/a", "properties"],
  ]);
});

test("a schema that is nothing but a `$ref` to itself is named", () => {
  const document = documentWith({ $ref: "#/components/schemas/A" }, { A: { $ref: "#/components/schemas/A" } });
  expect(() => visitsOf(document)).toThrow("#/components/schemas/A leads to itself");
});

test("a parameter and a header may have their schema below a media type", () => {
  const content = { "application/json": { schema: { type: "object" } } };
  const document: Document = {
    paths: {
      "/a": {
        get: {
          operationId: "a.get",
          parameters: [{ name: "filter", in: "query", content }],
          responses: { 200: { headers: { Left: { content } } } },
        },
      },
    },
  };
  const [operation] = operationsOf(document);
  const roots = operation ? rootsOf(document, operation) : [];
  expect(roots.map(({ kind, mediaType }) => [kind, mediaType])).toEqual([
    ["parameter", "application/json"],
    ["header", "application/json"],
  ]);
});

test("the direction of a root is that of every schema below it", () => {
  const body = { content: { "application/json": { schema: { properties: { a: true } } } } } as const;
  const exchange = { operationId: "a.post", requestBody: body, responses: { 200: body } };
  const document: Document = { paths: { "/a": { post: exchange } }, webhooks: { made: { post: exchange } } };
  const directions = [...operationsOf(document), ...deliveriesOf(document)].flatMap((each) =>
    rootsOf(document, each).map((root) => [
      root.status,
      ...Array.from(walk(document, root), (visit) => visit.direction),
    ]),
  );
  expect(directions).toEqual([
    [undefined, "sent", "sent"],
    ["200", "read", "read"],
    [undefined, "read", "read"],
    ["200", "sent", "sent"],
  ]);
});
