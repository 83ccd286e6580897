import { type Document, resolve, SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS } from "@mindbridge-sdk/openapi";
import { follow, holdsNames, isObject, type JsonObject, keysOf, pointerOf } from "./json.ts";
import { isAnnotation } from "./meaning.ts";

/** What a keyword has where it is not stated. */
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

/** Below these stands what a user may send, or names of security schemes, and no part of the document's own language. */
const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "security", "value"]);

/** Keys below which one schema stands, and schemas by name: those of OpenAPI besides. */
const SCHEMA: ReadonlySet<string> = new Set([...SCHEMA_KEYWORDS, "schema"]);
const NAMED_SCHEMAS: ReadonlySet<string> = new Set([...SCHEMA_MAPS, "schemas"]);

/** What may stand beside the only member of an `allOf`, and says nothing of what it allows. */
const REMARKS: ReadonlySet<string> = new Set(["default", "deprecated", "readOnly", "writeOnly"]);

/**
 * The one form in which documents are compared: without extensions, and without what a keyword has anyway; with path items in the
 * place that refers to them; a reference that stands in an `allOf` to be remarked on without it; and `true`, as a schema, as `{}`.
 * The places are those of the document, but for path items.
 */
export function normalForm(document: Document): Document {
  const items = (kind: "paths" | "webhooks") =>
    document[kind] && {
      [kind]: Object.fromEntries(Object.entries(document[kind]).map(([key, item]) => [key, resolve(document, item)])),
    };
  return normal({ ...document, ...items("paths"), ...items("webhooks") }, []) as Document;
}

/** A pointer into the normal form as one into the document, whose path items may stand among the components. */
export function asWritten(document: Document, pointer: string): string {
  const [kind, key, ...rest] = keysOf(pointer);
  if ((kind !== "paths" && kind !== "webhooks") || key === undefined || rest.length === 0) return pointer;
  return follow(document, document[kind]?.[key], pointerOf([kind, key])).pointer + pointerOf(rest).slice(1);
}

/** Whether a key is an extension of OpenAPI, and nothing is generated from it: a pattern for a variable of the server is code. */
export function isExtension(key: string, keys: readonly string[]): boolean {
  const isPattern = key === "x-pattern" && keys.at(-2) === "variables";
  const isStatus = keys.at(-1) === "responses" && keys[0] !== "components";
  return key.startsWith("x-") && !isPattern && (isStatus || !holdsNames(keys));
}

function normal(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each, index) => normal(each, [...keys, String(index)]));
  if (value === true && isSchema(keys)) return {};
  if (!isObject(value)) return value;
  const isNamed = holdsNames(keys);
  const entries = Object.entries(value)
    .filter(([key, each]) => isNamed || !(isExtension(key, keys) || isDefault(key, each, value)))
    .map(([key, each]) => [key, isData(key, each, keys) ? each : normal(each, [...keys, key])] as const);
  return isNamed ? Object.fromEntries(entries) : plainReference(Object.fromEntries(entries));
}

/** Whether what a key of the node at some keys holds is data, which may have keys of any name. */
export function isData(key: string, value: unknown, keys: readonly string[]): boolean {
  return !holdsNames(keys) && (DATA.has(key) || (key === "examples" && Array.isArray(value)));
}

function isDefault(key: string, value: unknown, around: JsonObject): boolean {
  if (key === "required" && Array.isArray(value)) return value.length === 0;
  if (key === "items" && around.prefixItems === undefined) return value === true || isEmpty(value);
  return Object.hasOwn(DEFAULTS, key) && DEFAULTS[key] === value;
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function isSchema(keys: readonly string[]): boolean {
  const [list = "", own = ""] = keys.slice(-2);
  const [around, parent] = [keys.slice(0, -2), keys.slice(0, -1)];
  if (holdsNames(parent)) return NAMED_SCHEMAS.has(list);
  return SCHEMA.has(own) || (SCHEMA_LISTS.has(list) && !holdsNames(around));
}

function plainReference(schema: JsonObject): JsonObject {
  const { allOf, ...rest } = schema;
  const [only, another] = Array.isArray(allOf) ? (allOf as unknown[]) : [];
  const isRemarkedOn = Object.keys(rest).every((key) => isAnnotation(key) || REMARKS.has(key));
  return isObject(only) && typeof only.$ref === "string" && another === undefined && isRemarkedOn
    ? { ...only, ...rest }
    : schema;
}
