import type { Document, Schema, SchemaObject } from "./document.ts";
import { below, isObject, type Located } from "./pointer.ts";
import { isReference, resolve, schemaName, target } from "./resolve.ts";

/** The keywords of JSON Schema (2020-12) whose value is one schema. */
export const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);

/** The keywords whose value is a list of schemas. */
export const SCHEMA_LISTS: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);

/** The keywords whose value has schemas by name. */
export const SCHEMA_MAPS: ReadonlySet<string> = new Set([
  "$defs",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** A schema inside another one. */
export interface Child extends Located<Schema> {
  /** The keyword that holds it. */
  readonly keyword: string;
  /** Its name or index below the keyword; `undefined` where the keyword holds one schema. */
  readonly key: string | undefined;
}

/** The schemas that stand directly inside a schema, in its order. A `$ref` is no child: nothing stands inside it. */
export function childrenOf(schema: Located<Schema>): Child[] {
  return Object.keys(schema.value).flatMap((keyword): Child[] => {
    if (SCHEMA_KEYWORDS.has(keyword))
      return [{ ...(below(schema, keyword) as Located<Schema>), keyword, key: undefined }];
    if (!SCHEMA_LISTS.has(keyword) && !SCHEMA_MAPS.has(keyword)) return [];
    const held = below(schema, keyword);
    return Object.keys(held.value ?? {}).map((key) => ({ ...(below(held, key) as Located<Schema>), keyword, key }));
  });
}

/** A copy of a schema with `map` applied to each schema that stands directly inside it. */
export function mapSubschemas(schema: Schema, map: (part: Schema, keyword: string) => Schema): Schema {
  if (typeof schema === "boolean") return schema;
  const mapped = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (SCHEMA_KEYWORDS.has(keyword)) return [keyword, map(value as Schema, keyword)];
    if (SCHEMA_LISTS.has(keyword)) return [keyword, (value as Schema[]).map((part) => map(part, keyword))];
    if (!SCHEMA_MAPS.has(keyword)) return [keyword, value];
    const named = Object.entries(value as Record<string, Schema>);
    return [keyword, Object.fromEntries(named.map(([name, part]) => [name, map(part, keyword)]))];
  });
  return Object.fromEntries(mapped);
}

/** `false` as an object of keywords. */
const NOTHING: SchemaObject = { not: {} };

/**
 * The schemas that a value must match together: the members of `allOf` at every depth and what a `$ref` leads to, then the
 * schema itself, each without its own `allOf` and `$ref`. A schema that holds itself is listed once.
 *
 * @param pointer Where the schema stands, for the places of its parts.
 */
export function allOfParts(document: Document, schema: Schema, pointer = "#"): Located<SchemaObject>[] {
  const parts = new Map<string, Located<SchemaObject>>();
  const visit = ({ value, pointer: at }: Located<Schema>, inside: readonly string[]): void => {
    if (value === false) parts.set(at, { value: NOTHING, pointer: at });
    if (!isObject(value) || inside.includes(at)) return;
    const { $ref, allOf = [], ...own } = value;
    const around = [...inside, at];
    if ($ref !== undefined) visit(target(document, $ref) as Located<Schema>, around);
    for (const index of allOf.keys())
      visit(below({ value, pointer: at }, "allOf", String(index)) as Located<Schema>, around);
    if (Object.keys(own).length > 0) parts.set(at, { value: own, pointer: at });
  };
  visit({ value: schema, pointer }, []);
  return [...parts.values()];
}

/** The schema of a property, or of one inside others. */
export function propertySchema(
  document: Document,
  schema: Schema | undefined,
  names: readonly string[],
): Schema | undefined {
  return names.reduce<Schema | undefined>((around, name) => {
    const parts = around === undefined ? [] : allOfParts(document, around);
    const choices = parts.flatMap(({ value: { anyOf = [], oneOf = [] } }) => [...anyOf, ...oneOf]);
    const all = [...parts, ...choices.flatMap((member) => allOfParts(document, member))];
    return all.map(({ value }) => value.properties?.[name]).findLast((property) => property !== undefined);
  }, schema);
}

/** The types that a value of a schema may have, as far as it names any: those of its parts, and of the members of a choice. */
export function typesOf(
  document: Document,
  schema: Schema | undefined,
  around: readonly Schema[] = [],
): ReadonlySet<string> {
  if (schema === undefined || around.includes(schema)) return new Set();
  const types = allOfParts(document, schema).flatMap(({ value: { type = [], anyOf = [], oneOf = [] } }) => [
    ...[type].flat(),
    ...[...anyOf, ...oneOf].flatMap((member) => [...typesOf(document, member, [...around, schema])]),
  ]);
  return new Set(types);
}

/** Whether a value is bytes, not text: a file in a form. OpenAPI 3.0 said it by a format, and 3.1 says it by a media type. */
export function isBinary({ type = "string", format, contentMediaType, contentEncoding }: SchemaObject): boolean {
  const isText =
    contentEncoding !== undefined || contentMediaType === undefined || /json|^text\//.test(contentMediaType);
  return type === "string" && (format === "binary" || !isText);
}

/** The default of a schema, at the schema that states it: itself, a part of its `allOf`, or a member of its `anyOf` or `oneOf`. */
export function defaultIn(
  document: Document,
  { value: schema, pointer: at }: Located<Schema>,
  around: ReadonlySet<Schema> = new Set(),
): Located | undefined {
  if (around.has(schema)) return undefined;
  const inside = new Set(around).add(schema);
  const found = allOfParts(document, schema, at).flatMap((part): Located[] => {
    const { value, pointer } = part;
    if (value.default !== undefined) return [{ value: value.default, pointer }];
    const members = childrenOf(part).filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
    return members.flatMap((member) => defaultIn(document, member, inside) ?? []);
  });
  return found.at(-1);
}

/** The name of an enum that may grow. The document states one as `anyOf: [the enum, {type: string}]`. */
export function openEnumName(document: Document, schema: Schema): string | undefined {
  const { anyOf, allOf } = schema as SchemaObject;
  if (anyOf?.length !== 2 || allOf) return undefined;
  const known = anyOf.find((each) => isReference(each) && (resolve(document, each) as SchemaObject).enum);
  const open = anyOf.find((each) => isObject(each) && Object.keys(each).join() === "type" && each.type === "string");
  return known && open ? schemaName(known) : undefined;
}
