import { SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS } from "../keywords.ts";

/** A JSON Schema as the validators are compiled from. */
export type JsonSchema = { readonly [keyword: string]: unknown } | boolean;

/** The keywords that say what is valid. All others describe, and do not reach the validators. */
const ASSERTIONS = [
  "$ref",
  "const",
  "dependentRequired",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxContains",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minContains",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "required",
  "type",
  "uniqueItems",
];

/** The keywords of a schema that say what is valid, with `map` applied to each schema in it. */
export function mapSchema(schema: JsonSchema, map: (part: JsonSchema, keyword: string) => JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (ASSERTIONS.includes(keyword)) return [[keyword, value]];
    if (SCHEMA_KEYWORDS.has(keyword)) return [[keyword, map(value as JsonSchema, keyword)]];
    if (SCHEMA_LISTS.has(keyword)) return [[keyword, (value as JsonSchema[]).map((part) => map(part, keyword))]];
    if (!SCHEMA_MAPS.has(keyword)) return [];
    const parts = Object.entries(value as Record<string, JsonSchema>);
    return [[keyword, Object.fromEntries(parts.map(([name, part]) => [name, map(part, keyword)]))]];
  });
  return Object.fromEntries(entries);
}
