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
  target,
  valueAt,
} from "@mindbridge-sdk/openapi";
import { isDefault, isDescriptive, ruleOf, type Statement } from "./keywords.ts";

/** Schemas that a value must match together, such as those of a property that two parts of an `allOf` describe. */
export type Conjunction = readonly Located<Schema>[];

type Part = Located<SchemaObject>;

/** What is stated of values, by keyword. `enum` has the values that are listed, and `known` those of an enum that may grow. */
export type Stated = ReadonlyMap<string, readonly Statement[]>;

/**
 * Values of one JSON type that a schema allows. A schema is read as the list of its alternatives: `$ref`s are followed, `allOf` is
 * merged, and `anyOf`, `oneOf` and lists of types are told apart, so that two ways to write the same read the same.
 */
export interface Alternative {
  /** Nothing where the type is not stated: any value is allowed. */
  readonly type: string | undefined;
  /** Where the schemas stand that say so. The last one has the last word. */
  readonly pointers: readonly string[];
  readonly stated: Stated;
}

/** TypeScript has one type for all numbers. */
export const kindOf = ({ type }: Alternative): string => (type === "integer" ? "number" : String(type));

/** More alternatives than these are not told apart: their `anyOf` or `oneOf` is compared as it is written. */
const MOST_ALTERNATIVES = 64;

export function alternativesOf(document: Document, schemas: Conjunction): Alternative[] {
  const parts = schemas.flatMap(({ value, pointer }) => allOfParts(document, value, pointer));
  const chosen = choices(document, parts, MOST_ALTERNATIVES, new Set());
  const all = joinValues(chosen.flatMap((each) => byType(document, each)));
  const distinct = [...new Map(all.map((each) => [textOf(each), each])).values()];
  // Beside any value, or any of a type, a narrower alternative says nothing more; nor do listed values beside unlisted ones.
  const unlimited = new Set(all.filter(({ stated }) => stated.size === 0).map(({ type }) => type));
  const unlisted = new Set(all.filter(({ stated }) => !stated.has("enum")).map(({ type }) => type));
  return distinct.filter(({ type, stated }) => {
    if (unlimited.has(undefined)) return type === undefined && stated.size === 0;
    if (unlimited.has(type)) return stated.size === 0;
    return !(stated.has("enum") && unlisted.has(type));
  });
}

/** One alternative in place of several that differ only in the values that they list, as a `oneOf` of constants does. */
function joinValues(all: readonly Alternative[]): Alternative[] {
  const besideValues = ({ type, stated }: Alternative): string => {
    const others = [...stated].filter(([keyword]) => keyword !== "enum");
    return canonicalJson([type, others.map(([keyword, each]) => [keyword, each.map(({ value }) => value)])]);
  };
  const [listed, others] = [true, false].map((isListed) => all.filter(({ stated }) => stated.has("enum") === isListed));
  const joined = [...Map.groupBy(listed ?? [], besideValues).values()].map((same) => joinLists("enum", same));
  return (others ?? []).concat(joined).map((each) => {
    const further = each.stated.has("known") ? joined.filter(({ type }) => type === each.type) : [];
    return joinLists("known", [each, ...further]);
  });
}

/** Where a statement stands that several places make together. */
const NOWHERE = "";

/** The first alternative, with the values that all list: beside an enum that may grow, further ones are known. */
function joinLists(keyword: "enum" | "known", all: readonly Alternative[]): Alternative {
  const [first] = all as [Alternative];
  if (all.length === 1) return first;
  const values = all.flatMap(({ stated }) => valuesOf(listedIn(stated, "known") ?? listedIn(stated, "enum")) ?? []);
  const list = state(keyword, values, NOWHERE);
  return {
    ...first,
    pointers: all.flatMap(({ pointers }) => pointers),
    stated: new Map(first.stated).set(keyword, [list]),
  };
}

function textOf({ type, stated }: Alternative): string {
  return stated.size === 0 ? String(type) : canonicalJson([type, [...stated]]);
}

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
  const pointers = parts.map(({ pointer }) => pointer);
  const allowed = parts.map((part) => typesOf(document, part));
  const types = allowed.reduce(commonTypes, undefined);
  // No value is an object and a scalar, but a type in TypeScript can be both, unless it is `object` itself.
  const isAnyOf = (...names: readonly string[]): boolean =>
    allowed.some((each, index) => names.some((name) => each?.has(name)) && !isRecord(document, parts[index] as Part));
  const isBoth = isAnyOf("object", "array") && SCALARS.some((each) => isAnyOf(each) && types?.has(each) === false);
  const both: Alternative[] = isBoth ? [{ type: "never", pointers, stated: new Map() }] : [];
  if (types?.size === 0) return both;
  return [...(types ?? [undefined])]
    .filter((type) => type !== "integer" || !types?.has("number"))
    .map((type): Alternative => ({ type, pointers, stated: statementsOf(document, parts, type) }))
    .concat(both);
}

const SCALARS = ["string", "number", "integer", "boolean"];

/** The name of an enum that may grow. The generator knows one where a component or a field is written so. */
function knownAt(document: Document, { value, pointer }: Part): string | undefined {
  const isKnownPlace = schemaName(pointer) !== undefined || keysOf(pointer).at(-2) === "properties";
  return isKnownPlace ? openEnumName(document, value) : undefined;
}

/** The types that a part allows; nothing where it allows any. */
function typesOf(document: Document, part: Part): ReadonlySet<string> | undefined {
  const known = knownAt(document, part);
  if (known !== undefined) {
    const { value, pointer } = target(document, `#/components/schemas/${known}`) as Part;
    return new Set(typesOf(document, { value, pointer })?.has("null") ? ["string", "null"] : ["string"]);
  }
  const { type, enum: values, const: only, nullable, ...rest } = part.value;
  // A schema that names fields means an object, as its type in TypeScript does.
  const namesFields = ["properties", "additionalProperties", "patternProperties"].some((key) => isObject(rest[key]));
  const stated = type !== undefined ? new Set([type].flat()) : namesFields ? new Set(["object"]) : undefined;
  const listed = only !== undefined ? new Set([typeOf(only)]) : values && new Set(values.map(typeOf));
  const types = commonTypes(stated, listed);
  // The generated types allow `null` by a list of types beside an `enum` without it, and by an `enum` beside a type without it.
  const isNullable = listed?.has("null") || (only === undefined && (nullable === true || stated?.has("null")));
  return types && isNullable ? new Set([...types, "null"]) : types;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function commonTypes(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  const isIn = (types: ReadonlySet<string>) => (type: string) =>
    types.has(type) || (type === "integer" && types.has("number"));
  return new Set([...[...a].filter(isIn(b)), ...[...b].filter(isIn(a))]);
}

/** What the parts state of values of a type, without what holds anyway. */
function statementsOf(document: Document, parts: readonly Part[], type: string | undefined): Stated {
  if (type === "null") return new Map();
  const all = parts.flatMap((part) => [
    ...writtenStatements(document, part, type),
    ...(type === "object" && isRecord(document, part) ? [state("additionalProperties", true, part.pointer)] : []),
  ]);
  return Map.groupBy(all, ({ keyword }) => GROUPS[keyword] ?? keyword);
}

/** Keywords that are compared with another one. */
const GROUPS: Readonly<Record<string, string>> = { exclusiveMinimum: "minimum", exclusiveMaximum: "maximum" };

const state = (keyword: string, value: unknown, pointer: string): Statement => ({ keyword, value, pointer });

function writtenStatements(document: Document, part: Part, type: string | undefined): Statement[] {
  const { value: schema, pointer } = part;
  const known = knownAt(document, part);
  const kind = type === "integer" ? "number" : type;
  const isOfType = (value: unknown): boolean =>
    type === undefined || typeOf(value) === type || (type === "number" && typeof value === "number");
  return Object.entries(schema).flatMap(([keyword, value]): Statement[] => {
    if (known !== undefined && keyword === "anyOf") return [knownValues(document, known)];
    // A default is one of the whole schema, whichever alternative states it.
    if (keyword === "default" || isDescriptive(keyword) || isDefault(keyword, value, schema)) return [];
    if (keyword === "enum" || keyword === "const") {
      const values = (keyword === "const" ? [value] : (value as unknown[])).filter(isOfType);
      return type === "boolean" && new Set(values).size === 2 ? [] : [state("enum", values, pointer)];
    }
    const { of: types } = ruleOf(GROUPS[keyword] ?? keyword);
    return kind === undefined || types === undefined || types.includes(kind) ? [state(keyword, value, pointer)] : [];
  });
}

function knownValues(document: Document, name: string): Statement {
  const pointer = `#/components/schemas/${name}`;
  return state("known", (resolveSchema(document, { $ref: pointer }) as SchemaObject).enum, pointer);
}

/** Whether the type in TypeScript is `Record<string, unknown>`, whose fields can be read by any name. */
function isRecord(document: Document, { value: schema, pointer }: Part): boolean {
  const { $ref, allOf, anyOf, oneOf } = (valueAt(document, pointer) ?? {}) as SchemaObject;
  const named = [schema.properties, schema.patternProperties].flatMap((each) => Object.keys(each ?? {}));
  const isComposed = [$ref, allOf, anyOf, oneOf].some((each) => each !== undefined);
  const isObjectType = [schema.type].flat().includes("object");
  const { additionalProperties: others = false } = schema;
  return isObjectType && named.length === 0 && !isComposed && others === false;
}

/** The fields that are named, each with all that is said of it. One that may have no value is none. */
export function fieldsIn(stated: Stated): ReadonlyMap<string, Conjunction> {
  const named = (stated.get("properties") ?? []).flatMap((properties) =>
    Object.keys(properties.value as object).map((name) => ({ name, schema: inside(properties, name) })),
  );
  const fields = Map.groupBy(
    named.filter(({ schema }) => schema.value !== false),
    ({ name }) => name,
  );
  return new Map([...fields].map(([name, all]) => [name, all.map(({ schema }) => schema)]));
}

/** The schema that a keyword holds, or that stands below a key of it. */
export function inside({ keyword, value, pointer }: Statement, ...keys: readonly string[]): Located<Schema> {
  return below({ value: { [keyword]: value }, pointer }, keyword, ...keys) as Located<Schema>;
}

/** The values that are listed, as JSON; nothing where none are. */
export function listedIn(stated: Stated, keyword: "enum" | "known"): ReadonlySet<string> | undefined {
  const lists = stated.get(keyword)?.map(({ value }) => new Set((value as unknown[]).map(canonicalJson)));
  return lists?.reduce((a, b) => a.intersection(b));
}

export function valuesOf(listed: ReadonlySet<string> | undefined): unknown[] | undefined {
  return listed && [...listed].map((text): unknown => JSON.parse(text));
}

/** The places that list the values of a field of a schema. */
export function placesOfField(document: Document, schemas: Conjunction, name: string): string[] {
  return alternativesOf(document, schemas)
    .flatMap(({ stated }) => alternativesOf(document, fieldsIn(stated).get(name) ?? []))
    .flatMap(({ stated }) => (stated.get("enum") ?? []).map(({ pointer }) => pointer));
}
