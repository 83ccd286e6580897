import { type Document, SCHEMA_MAPS } from "@mindbridge-sdk/openapi";
import { canonical, isObject, type JsonObject, valueAt } from "./json.ts";

/** What only people read. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "$comment",
]);

export function isAnnotation(key: string): boolean {
  return ANNOTATIONS.has(key);
}

/** The schema that stands there, through its `$ref`s and `allOf`s of one. What stands beside a `$ref` goes over what that leads to. */
export function unwrap(
  document: Document,
  schema: unknown,
  seen: ReadonlySet<string> = new Set(),
): JsonObject | undefined {
  if (!isObject(schema)) return undefined;
  const { $ref: reference, ...beside } = schema;
  const keys = Object.keys(beside).filter((key) => !isAnnotation(key));
  if (typeof reference !== "string") {
    const { allOf } = beside;
    return keys.length === 1 && Array.isArray(allOf) && allOf.length === 1 ? unwrap(document, allOf[0], seen) : schema;
  }
  if (seen.has(reference)) return undefined;
  const target = unwrap(document, valueAt(document, decodeURI(reference)), new Set(seen).add(reference));
  return keys.length === 0 || target === undefined ? target : { ...target, ...beside, ...both(target, beside) };
}

/** What both have: all the fields, and all that are required. */
function both(target: JsonObject, beside: JsonObject): JsonObject {
  return { ...bothProperties(target, beside), ...bothRequired(target, beside) };
}

function bothProperties(target: JsonObject, beside: JsonObject): JsonObject {
  const [named, more] = [target.properties, beside.properties];
  return isObject(named) && isObject(more) ? { properties: { ...named, ...more } } : {};
}

function bothRequired(target: JsonObject, beside: JsonObject): JsonObject {
  const required = [target.required, beside.required].flatMap((each) =>
    Array.isArray(each) ? (each as unknown[]) : [],
  );
  return required.length > 0 ? { required: [...new Set(required)] } : {};
}

/** A schema as what it allows: what people read left out, and what can be written in two ways written in one. */
export function meaning(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const { $ref: reference } = schema;
  if (typeof reference === "string" && Object.keys(schema).every((key) => key === "$ref" || isAnnotation(key))) {
    return { $ref: reference };
  }
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (isAnnotation(key)) return [];
    if (key === "default") return [[key, value]];
    if (SCHEMA_MAPS.has(key) && isObject(value)) {
      return [[key, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, meaning(each)]))]];
    }
    if (key === "required" && Array.isArray(value)) return [[key, value.map(String).toSorted(byText)]];
    if (key === "type") return [[key, [value].flat().map(String).toSorted(byText)]];
    if (key === "const") return [["enum", [canonical(value)]]];
    if (key === "enum" && Array.isArray(value)) return [[key, value.map(canonical).toSorted(byText)]];
    if (Array.isArray(value)) return [[key, value.map(meaning)]];
    return [[key, isObject(value) ? meaning(value) : value]];
  });
  const [only, another] = entries;
  return (only && another === undefined ? simplified(...only) : undefined) ?? Object.fromEntries(entries);
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/** What says something of `null`, too, if it is in a schema that allows it. */
const OF_ANY_TYPE = ["$ref", "allOf", "anyOf", "enum", "if", "not", "oneOf"];

/** What a schema means that has nothing but this keyword: an `allOf` of one is that one, and a choice of it and `null` is it with that type. */
function simplified(keyword: string, members: unknown): unknown {
  if (!Array.isArray(members)) return undefined;
  if (keyword === "allOf") return members.length === 1 ? members[0] : undefined;
  if (members.length !== 2 || (keyword !== "anyOf" && keyword !== "oneOf")) return undefined;
  const isNull = (each: unknown): boolean => canonical(each) === '{"type":["null"]}';
  const other: unknown = members.find((each) => !isNull(each));
  if (!members.some(isNull) || !isObject(other) || !Array.isArray(other.type)) return undefined;
  if (OF_ANY_TYPE.some((each) => valueAt(other, `#/${each}`) !== undefined)) return undefined;
  return { ...other, type: [...other.type, "null"].toSorted(byText) };
}
