import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  allOfParts,
  canonicalJson,
  childrenOf,
  type Delivery,
  type Document,
  deliveriesOf,
  deliveryTypes,
  dereference,
  examplesOf,
  follow,
  keysOf,
  mapSubschemas,
  openEnumName,
  operationsOf,
  pointerOf,
  readDocument,
  resolve,
  resolveSchema,
  rootsOf,
  type Schema,
  schemaName,
  valueAt,
} from "../src/index.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema) => ({ content: { "application/json": { schema } } });

const document: Document = {
  openapi: "3.1.1",
  info: { title: "", version: "" },
  security: [{ bearer: [] }],
  components: {
    schemas: {
      Color: { type: "string", enum: ["red"] },
      Text: { type: "string" },
      Anything: true,
      Again: ref("Color"),
      Loop: ref("Loop"),
      Tree: { properties: { children: { items: ref("Tree") } } },
    },
    parameters: { Page: { name: "page", in: "query", schema: { type: "integer" } } },
    examples: { One: { value: 1 } },
    headers: { Left: { schema: { type: "integer" } } },
    pathItems: {
      Item: {
        parameters: [{ $ref: "#/components/parameters/Page" }],
        get: {
          operationId: "items.get",
          security: [],
          responses: {
            200: { description: "", headers: { Left: { $ref: "#/components/headers/Left" } }, ...json(ref("Tree")) },
          },
        },
      },
    },
  },
  paths: { "/v1/{id}~": { $ref: "#/components/pathItems/Item" } },
  webhooks: { "item.made": { post: { requestBody: json({ properties: { type: { const: "item.made" } } }) } } },
};

describe("places", () => {
  test.each([
    ["#/paths/~1v1~1{id}~0", ["paths", "/v1/{id}~"]],
    ["#", []],
    ["#/a//b", ["a", "", "b"]],
  ])("%s is a pointer of keys", (pointer, keys) => {
    expect(keysOf(pointer)).toEqual(keys);
    expect(pointerOf(keys)).toBe(pointer);
  });

  test("a pointer may begin without its `#` and its first slash", () => {
    expect(keysOf("/a/b")).toEqual(["a", "b"]);
    expect(keysOf("a/b")).toEqual(["a", "b"]);
  });

  test.each([
    ["#/components/schemas/Color/enum/0", "red"],
    ["#/components/schemas/Anything/enum", undefined],
    ["#/components/toString", undefined],
  ])("the value at %s is %j", (pointer, value) => {
    expect(valueAt(document, pointer)).toBe(value);
  });

  test("the order of keys makes no other canonical JSON", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(canonicalJson(undefined)).toBe("undefined");
  });
});

describe("references", () => {
  test.each([
    ["another reference", ref("Again"), { type: "string", enum: ["red"] }],
    ["a schema that is a boolean", ref("Anything"), true],
    ["a path, escaped", { $ref: "#/components/pathItems/Item/%70arameters/0" }, document.components?.parameters?.Page],
  ])("a reference is followed to %s", (_, reference, found) => {
    expect(resolve<unknown>(document, reference)).toEqual(found);
  });

  test("what a reference leads to has a place", () => {
    const found = follow(document, { value: ref("Again"), pointer: "#/paths" });
    expect(found.pointer).toBe("#/components/schemas/Color");
    expect(schemaName(found.pointer)).toBe("Color");
    expect(schemaName(ref("Again"))).toBe("Again");
    expect(schemaName("#/components/schemas/Color/items")).toBeUndefined();
    expect(schemaName({ type: "string" })).toBeUndefined();
  });

  test("a reference that leads nowhere, or to itself, is named", () => {
    expect(() => resolve(document, ref("None"))).toThrow("Nothing stands at #/components/schemas/None.");
    expect(() => resolve(document, ref("Loop"))).toThrow("#/components/schemas/Loop leads to itself");
  });

  test("annotations beside a reference replace those of the schema, and constraints are added to it", () => {
    const red = { type: "string", enum: ["red"] };
    expect(resolveSchema(document, { ...ref("Color"), description: "Own." })).toEqual({ ...red, description: "Own." });
    expect(resolveSchema(document, { ...ref("Color"), maxLength: 3 })).toEqual({ maxLength: 3, allOf: [red] });
    expect(resolveSchema(document, { ...ref("Color"), allOf: [ref("Text")] })).toEqual({ allOf: [red, ref("Text")] });
    expect(resolveSchema(document, { ...ref("Anything"), description: "Own." })).toEqual({
      description: "Own.",
      allOf: [true],
    });
  });

  test("a whole document loses its references, but for those of schemas that hold themselves", () => {
    const { components, ...rest } = dereference({ ...document, components: { ...document.components, loops: {} } });
    expect(JSON.stringify(rest).match(/"\$ref":"[^"]*"/g)).toEqual(['"$ref":"#/components/schemas/Tree"']);
    expect(components?.schemas?.Again).toEqual({ type: "string", enum: ["red"] });
  });
});

describe("operations and deliveries", () => {
  test("an operation has everything resolved but its schemas", () => {
    const [operation, ...others] = operationsOf(document);
    expect(others).toEqual([]);
    expect(operation).toMatchObject({
      kind: "operation",
      id: "items.get",
      resource: "items",
      name: "get",
      method: "get",
      path: "/v1/{id}~",
      pointer: "#/components/pathItems/Item/get",
      parameters: [{ name: "page" }],
      requestBody: undefined,
      responses: { 200: { headers: { Left: { schema: { type: "integer" } } }, ...json(ref("Tree")) } },
      security: [],
    });
  });

  test("a delivery has its types, and the security of the document", () => {
    expect(deliveriesOf(document)).toMatchObject([
      { kind: "delivery", name: "item.made", types: ["item.made"], responses: {}, security: [{ bearer: [] }] },
    ]);
  });

  test("the parameters of an operation replace those of its path that have the same name and place", () => {
    const id = { name: "id", in: "path", required: true } as const;
    const page = { $ref: "#/components/parameters/Page" };
    const own = { name: "page", in: "header" } as const;
    const item = { parameters: [id, page], get: { parameters: [own, { ...id, description: "Own." }] }, put: {} };
    const { components } = document;
    const parameters = operationsOf({ components, paths: { "/": item } } as Document).map((each) => each.parameters);
    const shared = components?.parameters?.Page;
    expect(parameters).toEqual([
      [{ ...id, description: "Own." }, shared, own],
      [id, shared],
    ]);
    expect(operationsOf({ paths: { "/": { get: {} } } })).toMatchObject([{ parameters: [] }]);
  });

  test("examples keep their names, and a single one has none", () => {
    expect(examplesOf(document, { examples: { one: { $ref: "#/components/examples/One" } }, example: 2 })).toEqual([
      { name: "one", value: 1 },
      { value: 2 },
    ]);
    expect(examplesOf(document, { examples: { elsewhere: {} } })).toEqual([]);
    expect(examplesOf(document, { example: null })).toEqual([{ value: null }]);
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
  ])("a delivery has its types from %s", (_, schema, types) => {
    const media = schema ? { schema } : {};
    expect(deliveryTypes(document, { requestBody: { content: { "application/json": media } } })).toEqual(types);
  });

  test("without a JSON body there are no types", () => {
    expect(deliveryTypes(document, {})).toEqual([]);
    expect(deliveryTypes(document, { requestBody: { content: { "text/plain": {} } } })).toEqual([]);
  });
});

describe("schemas", () => {
  const string = { type: "string" };
  test.each<[string, Schema, string | undefined]>([
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
    ["a boolean", true, undefined],
  ])("an enum that may grow: %s", (_, schema, name) => {
    expect(openEnumName(document, schema)).toBe(name);
  });

  const schema: Schema = {
    items: { const: "items" },
    allOf: [{ const: "allOf" }],
    properties: { items: { const: "properties" } },
    $defs: { A: true },
    enum: [{ items: {} }],
  };

  test("the children of a schema have their places", () => {
    expect(childrenOf({ value: schema, pointer: "#/x" })).toEqual([
      { keyword: "items", key: undefined, value: { const: "items" }, pointer: "#/x/items" },
      { keyword: "allOf", key: "0", value: { const: "allOf" }, pointer: "#/x/allOf/0" },
      { keyword: "properties", key: "items", value: { const: "properties" }, pointer: "#/x/properties/items" },
      { keyword: "$defs", key: "A", value: true, pointer: "#/x/$defs/A" },
    ]);
    expect(childrenOf({ value: true, pointer: "#" })).toEqual([]);
  });

  test("every child of a schema is mapped, and nothing else", () => {
    const keywords: string[] = [];
    const mapped = mapSubschemas(schema, (_, keyword) => {
      keywords.push(keyword);
      return false;
    });
    expect(keywords).toEqual(["items", "allOf", "properties", "$defs"]);
    expect(mapped).toEqual({
      items: false,
      allOf: [false],
      properties: { items: false },
      $defs: { A: false },
      enum: [{ items: {} }],
    });
    expect(mapSubschemas(true, () => false)).toBe(true);
  });

  test("the parts of an allOf come before the schema itself, and one that holds itself only once", () => {
    const nested: Document = {
      components: {
        schemas: {
          Base: { allOf: [ref("Whole"), { title: "inner" }], title: "base" },
          Whole: { allOf: [ref("Base"), true], title: "whole" },
        },
      },
    };
    expect(allOfParts(nested, ref("Whole"), "#/x")).toEqual([
      { value: { title: "inner" }, pointer: "#/components/schemas/Base/allOf/1" },
      { value: { title: "base" }, pointer: "#/components/schemas/Base" },
      { value: { title: "whole" }, pointer: "#/components/schemas/Whole" },
    ]);
  });

  test("keywords beside every $ref on the way are parts, and so is `false`", () => {
    const chained: Document = {
      ...document,
      components: { schemas: { Short: { ...ref("Text"), maxLength: 5 }, Text: { type: "string" }, Never: false } },
    };
    expect(allOfParts(chained, { allOf: [ref("Short"), ref("Never")] }).map(({ value }) => value)).toEqual([
      { type: "string" },
      { maxLength: 5 },
      { not: {} },
    ]);
  });
});

test("roots have the direction of their values: what a receiver answers is sent", () => {
  const header = { name: "webhook-id", in: "header", schema: true } as const;
  const delivery = { parameters: [header], requestBody: json(true), responses: { "2XX": json(true) } };
  const changed: Document = { ...document, webhooks: { made: { post: delivery } } };
  const roots = [...operationsOf(changed), ...deliveriesOf(changed)].flatMap((each: Delivery | object) =>
    rootsOf(changed, each as Delivery),
  );
  expect(
    roots.map(({ direction, kind, name, status, schema }) => [direction, kind, name, status, schema.pointer]),
  ).toEqual([
    ["sent", "parameter", "query page", undefined, "#/components/parameters/Page/schema"],
    ["read", "header", "Left", "200", "#/components/headers/Left/schema"],
    [
      "read",
      "body",
      undefined,
      "200",
      "#/components/pathItems/Item/get/responses/200/content/application~1json/schema",
    ],
    ["read", "parameter", "header webhook-id", undefined, "#/webhooks/made/post/parameters/0/schema"],
    ["read", "body", undefined, undefined, "#/webhooks/made/post/requestBody/content/application~1json/schema"],
    ["sent", "body", undefined, "2XX", "#/webhooks/made/post/responses/2XX/content/application~1json/schema"],
  ]);
});

describe("reading", () => {
  const HEAD = "openapi: 3.1.1\ninfo: {title: A, version: 1.0.0}\n";

  function write(text: string): Disposable & { readonly file: string } {
    const folder = mkdtempSync(join(tmpdir(), "read-document-"));
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, text);
    return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
  }

  test("reads the document of this repository unless told otherwise", async () => {
    expect(operationsOf(await readDocument()).map(({ id }) => id)).toContain("webhooks.create");
  });

  test.each([
    ["is empty", "", "Document must be JSON object, got undefined"],
    ["is of another kind", "name: a\n", "Unsupported specification"],
    ["has no info", "openapi: 3.1.1\npaths: {}\n", "it has no `info`"],
    ["has a path without a value", `${HEAD}paths: {/a: }\n`, "nothing stands at #/paths/~1a"],
    ["has an operation without a value", `${HEAD}paths: {/a: {get: }}\n`, "nothing stands at #/paths/~1a/get"],
    [
      "has a reference that leads nowhere",
      `${HEAD}paths: {/a: {$ref: "#/components/pathItems/A"}}\n`,
      "Can't resolve $ref at #/paths/~1a",
    ],
  ])("names the file and the command where a document %s", async (_, text, what) => {
    using written = write(text);
    const { file } = written;
    await expect(readDocument(file)).rejects.toThrow(
      `\`${file}\` cannot be read as an OpenAPI document: ${what}. ` +
        "Name another file, or correct it: `pnpm generate --spec FILE` lists what is wrong, and where.",
    );
  });

  test("names the file and the command where a document is no YAML", async () => {
    using written = write("a: [\n");
    await expect(readDocument(written.file)).rejects.toThrow(
      /^`.*openapi\.yaml` cannot be read .*\(2:1\)\. Name another file/,
    );
  });

  test("gives the advice that it is told to give", async () => {
    using written = write("a: [\n");
    await expect(readDocument(written.file, "Restore it.")).rejects.toThrow(/\(2:1\)\. Restore it\.$/);
  });

  test.each(["", "nowhere.yaml"])("names the file and the command where there is none: %j", async (file) => {
    await expect(readDocument(file)).rejects.toThrow(`\`${file}\` cannot be read as an OpenAPI document: `);
  });
});
