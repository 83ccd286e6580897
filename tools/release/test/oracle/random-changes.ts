import {
  childrenOf,
  type Document,
  isObject,
  type Located,
  pointerOf,
  resolve,
  type Schema,
  type SchemaObject,
  valueAt,
} from "@mindbridge-sdk/openapi";

type Node = Record<string, unknown>;

/** Chooses by a seed: the same seed, the same choices. */
class Choice {
  #state: number;
  constructor(seed: number) {
    this.#state = (seed + 1) * 0x9e3779b9;
  }
  /** From 0 up to a number, without it (mulberry32). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** A document with one to three changes, each at a place of its own. The one that is given stays as it is. */
export function randomlyChanged(
  document: Document,
  seed: number,
): { readonly document: Document; readonly steps: readonly string[] } {
  const choice = new Choice(seed);
  const changed = structuredClone(document);
  const steps = Array.from({ length: 1 + choice.below(3) }, () => {
    for (;;) {
      const step = choice.of([changeSchema, changeSchema, changeSchema, changeSchema, changeOperation])(
        changed,
        choice,
      );
      if (step !== undefined) return step;
    }
  });
  return { document: changed, steps };
}

const SCALARS: readonly SchemaObject[] = [
  { type: "string" },
  { type: "integer" },
  { type: "boolean" },
  { type: "string", enum: ["red", "blue"] },
];

/** Changes of a schema. Each returns whether the schema is one that it can change. */
const SCHEMA_CHANGES: Readonly<Record<string, (schema: Node, choice: Choice, document: Document) => boolean>> = {
  null: (schema) => {
    const types = [schema.type ?? []].flat();
    if (types.length === 0) return false;
    const others = types.filter((type) => type !== "null");
    schema.type = others.length < types.length ? (others.length === 1 ? others[0] : others) : [...types, "null"];
    return true;
  },
  type: (schema, choice) => typeof schema.type === "string" && replaceBy(schema, choice.of(SCALARS)),
  "two types": (schema) =>
    typeof schema.type === "string" &&
    schema.enum === undefined &&
    set(schema, "type", [schema.type, schema.type === "boolean" ? "string" : "boolean"]),
  anything: (schema) => schema.type !== undefined && replaceBy(schema, {}),
  limit: (schema, choice) => {
    const keywords: Readonly<Record<string, readonly string[]>> = {
      string: ["minLength", "maxLength"],
      integer: ["minimum", "maximum"],
      number: ["minimum", "maximum"],
      array: ["minItems", "maxItems"],
    };
    const [keyword] = [choice.of(keywords[String(schema.type)] ?? [""])];
    return keyword !== "" && toggle(schema, keyword, choice.of([1, 2, 3]));
  },
  pattern: (schema, choice) => schema.type === "string" && toggle(schema, "pattern", choice.of(["^a", ".*"])),
  format: (schema, choice) =>
    schema.type === "string"
      ? toggle(schema, "format", choice.of(["uri", "date-time"]))
      : schema.type === "integer" && toggle(schema, "format", choice.of(["int32", "int64"])),
  enum: (schema, choice) => {
    if (!Array.isArray(schema.enum))
      return schema.type === "string" && schema.const === undefined && set(schema, "enum", ["red", "blue"]);
    if (choice.below(3) === 0) return set(schema, "enum", undefined);
    return set(
      schema,
      "enum",
      choice.below(2) === 0 || schema.enum.length < 2 ? [...schema.enum, "green"] : schema.enum.slice(1),
    );
  },
  default: (schema, choice) => schema.type === "string" && toggle(schema, "default", choice.of(["a", "b"])),
  description: (schema) => set(schema, "description", "Another one."),
  deprecated: (schema) => toggle(schema, "deprecated", true),
  readOnly: (schema) => toggle(schema, "readOnly", true),
  writeOnly: (schema) => toggle(schema, "writeOnly", true),
  "a field": (schema, choice) =>
    isObject(schema.properties) && set(schema.properties, "added", { ...choice.of(SCALARS) }),
  "a required field": (schema, choice) =>
    isObject(schema.properties) &&
    set(schema.properties, "added", { ...choice.of(SCALARS) }) &&
    set(schema, "required", [...requiredOf(schema), "added"]),
  "a field less": (schema, choice) => {
    const name = fieldOf(schema, choice);
    if (name === undefined) return false;
    delete (schema.properties as Node)[name];
    return set(
      schema,
      "required",
      requiredOf(schema).filter((each) => each !== name),
    );
  },
  required: (schema, choice) => {
    const name = fieldOf(schema, choice);
    if (name === undefined) return false;
    const others = requiredOf(schema).filter((each) => each !== name);
    return set(schema, "required", others.length < requiredOf(schema).length ? others : [...others, name]);
  },
  "other fields": (schema, choice) =>
    schema.type === "object" &&
    set(schema, "additionalProperties", choice.of([true, false, { type: "string" }, undefined])),
  items: (schema, choice) =>
    schema.type === "array" && set(schema, "items", choice.of([{ ...choice.of(SCALARS) }, true, undefined])),
  "an allOf of one": (schema) => wrap(schema, (own) => ({ allOf: [own] })),
  "an anyOf with null": (schema) => wrap(schema, (own) => ({ anyOf: [own, { type: "null" }] })),
  "a oneOf of one": (schema) => wrap(schema, (own) => ({ oneOf: [own] })),
  "an anyOf of two": (schema, choice) => wrap(schema, (own) => ({ anyOf: [own, { ...choice.of(SCALARS) }] })),
  "two parts": (schema) => {
    if (schema.type !== "object" || !isObject(schema.properties) || schema.additionalProperties !== undefined)
      return false;
    const entries = Object.entries(schema.properties);
    const part = (some: typeof entries): Node => ({
      type: "object",
      properties: Object.fromEntries(some),
      required: requiredOf(schema).filter((name) => some.some(([each]) => each === name)),
    });
    return entries.length > 1 && replaceBy(schema, { allOf: [part(entries.slice(1)), part(entries.slice(0, 1))] });
  },
  inline: (schema, _, document) => {
    if (typeof schema.$ref !== "string" || Object.keys(schema).length > 1) return false;
    return replaceBy(schema, structuredClone(resolve(document, schema as { $ref: string })) as Node);
  },
  extract: (schema, _, document) => {
    if (typeof schema.$ref === "string") return false;
    set(document.components?.schemas as Node, "Extracted", { ...schema });
    return replaceBy(schema, { $ref: "#/components/schemas/Extracted" });
  },
  retarget: (schema, choice, document) =>
    typeof schema.$ref === "string" &&
    set(schema, "$ref", `#/components/schemas/${choice.of(Object.keys(document.components?.schemas ?? {}))}`),
  "a choice less": (schema) => {
    const keyword = ["anyOf", "oneOf"].find((each) => Array.isArray(schema[each]) && schema[each].length > 1);
    return keyword !== undefined && set(schema, keyword, (schema[keyword] as unknown[]).slice(1));
  },
};

function changeSchema(document: Document, choice: Choice): string | undefined {
  const { value, pointer } = choice.of(schemasOf(document));
  const [name, change] = choice.of(Object.entries(SCHEMA_CHANGES));
  return isObject(value) && change(value, choice, document) ? `${name} at ${pointer}` : undefined;
}

/** Every schema of a document that is an object. */
function schemasOf(document: Document): Located<Schema>[] {
  const below = (schema: Located<Schema>): Located<Schema>[] =>
    isObject(schema.value) ? [schema, ...childrenOf(schema).flatMap(below)] : [];
  const find = (value: unknown, keys: readonly string[]): Located<Schema>[] => {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, each]) => {
      const at = [...keys, key];
      const isSchema = key === "schema" || (keys.length === 2 && keys[0] === "components" && keys[1] === "schemas");
      return isSchema ? below({ value: each as Schema, pointer: pointerOf(at) }) : find(each, at);
    });
  };
  return find(document, []);
}

const OPERATION_CHANGES: Readonly<Record<string, (operation: Node, choice: Choice) => boolean>> = {
  "a parameter": (operation, choice) =>
    set(operation, "parameters", [
      ...((operation.parameters as unknown[]) ?? []),
      {
        name: "extra",
        in: choice.of(["query", "header"]),
        required: choice.below(2) === 0,
        schema: { type: "string" },
      },
    ]),
  "a parameter less": (operation) => {
    const parameters = ((operation.parameters ?? []) as Node[]).filter((each) => each.in !== "path");
    return (
      parameters.length > 0 &&
      set(
        operation,
        "parameters",
        (operation.parameters as Node[]).filter((each) => each !== parameters[0]),
      )
    );
  },
  "a required parameter": (operation) => {
    const parameter = ((operation.parameters ?? []) as Node[]).find((each) => each.in === "query");
    return parameter !== undefined && toggle(parameter, "required", true);
  },
  "the body": (operation) => isObject(operation.requestBody) && toggle(operation.requestBody, "required", true),
  "a status": (operation, choice) =>
    set(operation.responses as Node, choice.of(["202", "204", "409"]), { description: "Another one." }),
  "a status less": (operation, choice) => {
    const statuses = Object.keys(operation.responses as Node);
    return statuses.length > 1 && set(operation.responses as Node, choice.of(statuses), undefined);
  },
  "a header": (operation, choice) => {
    const response = choice.of(Object.values(operation.responses as Node)) as Node;
    return (
      response.$ref === undefined &&
      set(response, "headers", {
        ...(response.headers as Node),
        "X-Extra": { required: choice.below(2) === 0, schema: { type: "string" } },
      })
    );
  },
  deprecated: (operation) => toggle(operation, "deprecated", true),
  name: (operation) =>
    typeof operation.operationId === "string" &&
    operation.operationId.includes(".") &&
    set(operation, "operationId", `${operation.operationId}Again`),
};

function changeOperation(document: Document, choice: Choice): string | undefined {
  const [kind] = [choice.of(["paths", "paths", "webhooks"])];
  const items = valueAt(document, kind) as Record<string, Node>;
  const key = choice.of(Object.keys(items));
  const item = resolve(document, items[key] as object) as Node;
  const method = choice.of(Object.keys(item).filter((each) => isObject(item[each])));
  const [name, change] = choice.of(Object.entries(OPERATION_CHANGES));
  return change(item[method] as Node, choice) ? `${name} of ${pointerOf([kind, key, method])}` : undefined;
}

const requiredOf = ({ required }: Node): string[] => (Array.isArray(required) ? required : []);

function fieldOf({ properties }: Node, choice: Choice): string | undefined {
  const names = Object.keys(properties ?? {});
  return names.length === 0 ? undefined : choice.of(names);
}

function set(node: Node, key: string, value: unknown): true {
  if (value === undefined || (key === "required" && Array.isArray(value) && value.length === 0)) delete node[key];
  else node[key] = value;
  return true;
}

function toggle(node: Node, key: string, value: unknown): true {
  return set(node, key, node[key] === value ? undefined : value);
}

function replaceBy(node: Node, other: object): true {
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, other);
  return true;
}

function wrap(node: Node, around: (own: Node) => object): true {
  return replaceBy(node, around({ ...node }));
}
