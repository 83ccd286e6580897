import {
  allOfParts,
  below,
  canonicalJson,
  type Document,
  isObject,
  keysOf,
  type Located,
  openEnumName,
  resolveSchema,
  type Schema,
  type SchemaObject,
  schemaName,
  valueAt,
} from "@mindbridge-sdk/openapi";

/** Schemas that a value must match together, such as those of a property that two parts of an `allOf` describe. */
export type Conjunction = readonly Located<Schema>[];

type Part = Located<SchemaObject>;

/**
 * Values of one JSON type that a schema allows. A schema is read as the list of its alternatives: `$ref`s are followed, `allOf` is
 * merged, and `anyOf`, `oneOf` and lists of types are told apart, so that two ways to write the same read the same.
 */
export interface Alternative {
  /** Nothing where the type is not stated: any value is allowed. */
  readonly type: string | undefined;
  /** Where the schemas stand that say so. The last one has the last word. */
  readonly pointers: readonly string[];
  /** Each keyword, with every place that states it. */
  readonly stated: ReadonlyMap<string, readonly Located[]>;
}

/** Keywords that are not compared as such: they describe, or the list of alternatives follows from them. */
const IGNORED = new Set([
  "$anchor",
  "$comment",
  "$dynamicAnchor",
  "$id",
  "$schema",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "nullable",
  "summary",
  "title",
  "type",
  "xml",
]);

/** The value that a keyword has where it is not stated. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  allowEmptyValue: false,
  allowReserved: false,
  deprecated: false,
  minItems: 0,
  minLength: 0,
  minProperties: 0,
  nullable: false,
  readOnly: false,
  required: false,
  uniqueItems: false,
  writeOnly: false,
};

/** Ways to write a pattern that every text matches. */
const ANY_TEXT = new Set(["", "^", "$", ".*", "^.*", ".*$", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"]);

/** Keywords that say something of values of one type only. */
const KEYWORDS_OF: Readonly<Record<string, readonly string[]>> = {
  string: [
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "known",
  ],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"],
  array: [
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
  ],
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "$defs",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
  ],
};
const TYPED_KEYWORDS = new Set(Object.values(KEYWORDS_OF).flat());

/** More alternatives than these are not told apart: their `anyOf` or `oneOf` is compared as it is written. */
const MOST_ALTERNATIVES = 256;

export function alternativesOf(document: Document, schemas: Conjunction): Alternative[] {
  const parts = schemas.flatMap((schema) => allOfParts(document, schema.value, schema.pointer));
  const all = choices(document, parts, MOST_ALTERNATIVES, new Set()).flatMap((chosen) => byType(document, chosen));
  // Beside any value, or any of a type, a narrower alternative says nothing more; nor does a list of values beside an alternative without one.
  const any = new Set(all.filter(isUnlimited).map(({ type }) => type));
  const distinct = new Map(
    all.map((each) => [isUnlimited(each) ? String(each.type) : canonicalJson([each.type, [...each.stated]]), each]),
  );
  const unlisted = new Set(all.filter(({ stated }) => !stated.has("enum")).map(({ type }) => type));
  return [...distinct.values()].filter((each) => {
    if (isUnlimited(each)) return each.type === undefined || !any.has(undefined);
    return !any.has(undefined) && !any.has(each.type) && !(each.stated.has("enum") && unlisted.has(each.type));
  });
}

const isUnlimited = ({ stated }: Alternative): boolean => stated.size === 0;

/** What `anyOf` and `oneOf` leave to choose from, each as the parts that hold together. */
function choices(
  document: Document,
  parts: readonly Part[],
  most: number,
  opened: ReadonlySet<string>,
): (readonly Part[])[] {
  const index = parts.findIndex((part) => {
    const count = membersOf(part.value)?.members.length ?? 0;
    return count > 0 && count <= most && !opened.has(part.pointer) && knownAt(document, part) === undefined;
  });
  const part = parts[index];
  const choice = part && membersOf(part.value);
  if (part === undefined || choice === undefined) return [parts];
  const { keyword, members } = choice;
  const { [keyword]: _, ...beside } = part.value;
  const others = parts.with(index, { ...part, value: beside });
  const around = new Set(opened).add(part.pointer);
  return [...members.keys()].flatMap((each) => {
    const { value, pointer } = below(part, keyword, String(each)) as Located<Schema>;
    const member = allOfParts(document, value, pointer);
    // A choice that holds itself allows nothing by that.
    if (member.some((inner) => around.has(inner.pointer))) return [];
    return choices(document, [...others, ...member], most / members.length, around);
  });
}

export function membersOf({ anyOf, oneOf }: SchemaObject) {
  if (anyOf !== undefined && anyOf.length > 0) return { keyword: "anyOf", members: anyOf } as const;
  return oneOf !== undefined && oneOf.length > 0 ? ({ keyword: "oneOf", members: oneOf } as const) : undefined;
}

/** The alternatives of parts without a choice: one for each type. */
function byType(document: Document, parts: readonly Part[]): Alternative[] {
  if (parts.some(({ value: { not } }) => not === true || (isObject(not) && Object.keys(not).length === 0))) return [];
  const stated = parts.map((part) => typesOf(document, part));
  const types = stated.reduce(commonTypes, undefined);
  // No value is an object and a scalar, but a type in TypeScript can be both.
  const isAnyOf = (...names: readonly string[]): boolean =>
    stated.some((allowed) => names.some((name) => allowed?.has(name)));
  if (types?.size === 0 && isAnyOf("object", "array") && isAnyOf("string", "number", "integer", "boolean")) {
    return [{ type: "never", pointers: parts.map(({ pointer }) => pointer), stated: new Map() }];
  }
  return [...(types ?? [undefined])]
    .filter((type) => type !== "integer" || !types?.has("number"))
    .map((type) => ({
      type,
      pointers: parts.map(({ pointer }) => pointer),
      stated: statementsOf(document, parts, type),
    }));
}

/** The name of an enum that may grow. The generator knows one where a component or a field is written so. */
function knownAt(document: Document, { value, pointer }: Part): string | undefined {
  const isKnownPlace = schemaName(pointer) !== undefined || keysOf(pointer).at(-2) === "properties";
  return isKnownPlace ? openEnumName(document, value) : undefined;
}

/** The types that a part allows; nothing where it allows any. */
function typesOf(document: Document, part: Part): ReadonlySet<string> | undefined {
  if (knownAt(document, part) !== undefined) return new Set(["string"]);
  const schema = part.value;
  const { type, enum: values, const: only, nullable } = schema;
  // A schema that names fields means an object, as its type in TypeScript does.
  const isObjectOfFields = ["properties", "additionalProperties", "patternProperties"].some((key) =>
    isObject(schema[key]),
  );
  const stated = type !== undefined ? new Set([type].flat()) : isObjectOfFields ? new Set(["object"]) : undefined;
  const listed = only !== undefined ? new Set([typeOf(only)]) : values && new Set(values.map(typeOf));
  const types = commonTypes(stated, listed);
  // `null` is allowed by a list of types beside values without it, and by a value beside one type: the generated types allow both.
  const isNullable = nullable === true || stated?.has("null") || listed?.has("null");
  return types && isNullable ? new Set([...types, "null"]) : types;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function commonTypes(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  const has = (types: ReadonlySet<string>, type: string): boolean =>
    types.has(type) || (type === "integer" && types.has("number"));
  return new Set([...[...a].filter((type) => has(b, type)), ...[...b].filter((type) => has(a, type))]);
}

/** What the parts state of values of a type, without what holds anyway. */
function statementsOf(document: Document, parts: readonly Part[], type: string | undefined) {
  const stated = new Map<string, Located[]>();
  if (type === "null") return stated;
  const own = type === undefined ? TYPED_KEYWORDS : new Set(KEYWORDS_OF[type === "integer" ? "number" : type] ?? []);
  const state = (keyword: string, value: unknown, pointer: string) =>
    void stated.set(keyword, [...(stated.get(keyword) ?? []), { value, pointer }]);
  for (const { value: schema, pointer } of parts) {
    const known = knownAt(document, { value: schema, pointer });
    if (known !== undefined) {
      const at = `#/components/schemas/${known}`;
      state("known", (resolveSchema(document, { $ref: at }) as SchemaObject).enum, at);
    }
    if (type === "object" && namesNoFields(document, schema, pointer)) state("additionalProperties", true, pointer);
    for (const [keyword, value] of Object.entries(schema)) {
      if (IGNORED.has(keyword) || keyword.startsWith("x-") || isDefault(keyword, value, schema)) continue;
      if (known !== undefined && keyword === "anyOf") continue;
      if (keyword === "enum" || keyword === "const") {
        const values = (keyword === "const" ? [value] : (value as unknown[])).filter(
          (each) => type === undefined || isOf(type, each),
        );
        if (type !== "boolean" || new Set(values).size < 2) state("enum", values, pointer);
      } else if (own.has(keyword) || !TYPED_KEYWORDS.has(keyword)) state(keyword, value, pointer);
    }
  }
  return stated;
}

/** Whether the type in TypeScript is `Record<string, unknown>`, whose fields can be read by any name. */
function namesNoFields(document: Document, schema: SchemaObject, pointer: string): boolean {
  const { $ref, allOf, anyOf, oneOf } = valueAt(document, pointer) as SchemaObject;
  const named = [schema.properties, schema.patternProperties].flatMap((each) => Object.keys(each ?? {}));
  const isComposed = [$ref, allOf, anyOf, oneOf].some((each) => each !== undefined);
  return (
    [schema.type].flat().includes("object") &&
    named.length === 0 &&
    !isComposed &&
    schema.additionalProperties === undefined
  );
}

const isOf = (type: string, value: unknown): boolean =>
  typeOf(value) === type || (type === "number" && typeof value === "number");

/** Whether a keyword says what holds without it. */
export function isDefault(keyword: string, value: unknown, schema: SchemaObject): boolean {
  if (value === undefined) return false;
  if (keyword === "required" && Array.isArray(value)) return value.length === 0;
  if (keyword === "properties" || keyword === "dependentRequired") return Object.keys(value as object).length === 0;
  if (keyword === "items" && schema.prefixItems === undefined) return isAnything(value);
  if (keyword === "pattern") return ANY_TEXT.has(String(value));
  return Object.hasOwn(DEFAULTS, keyword) && DEFAULTS[keyword] === value;
}

export function isAnything(schema: unknown): boolean {
  return (
    schema === true || (isObject(schema) && Object.keys(schema).every((key) => IGNORED.has(key) && key !== "type"))
  );
}
