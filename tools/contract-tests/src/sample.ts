import { generateSync, type JsonSchema } from "json-schema-faker";
import { type Document, resolveSchema } from "./document.ts";
import { isRecord, type Schema, type SchemaObject } from "./schema.ts";
import type { Validate } from "./validator.ts";

const ATTEMPTS = 50;

/**
 * A value that a schema accepts, the same each time, with every optional property.
 *
 * @throws {Error} if none is found, which an example in the document mends.
 */
export function sample(document: Document, schema: Schema, validate: Validate, what: string): unknown {
  const source = handy(typeof schema === "boolean" ? schema : { ...schema, components: document.components });
  for (let seed = 1; seed <= ATTEMPTS; seed++) {
    const value = generateSync(source as JsonSchema, { seed, alwaysFakeOptionals: true, refDepthMax: 2, maxDepth: 12 });
    if (validate(schema, value).length === 0) return value;
  }
  throw new Error(`No value was found that the schema of ${what} accepts. Give it an example in the document.`);
}

/** Where a schema holds data, not schemas. */
const DATA = new Set(["enum", "const", "default", "example", "examples"]);

/** The same schema with room for one item at least and for few, since the faker would fill 2,147,483,647 places. */
function handy(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(handy);
  if (!isRecord(part)) return part;
  const result = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, DATA.has(key) ? value : handy(value)]),
  );
  if (isRecord(part["items"])) {
    const [least, most] = [Number(part["minItems"] ?? 0), Number(part["maxItems"] ?? Number.POSITIVE_INFINITY)];
    result["minItems"] = Math.max(least, Math.min(1, most));
    result["maxItems"] = Math.min(most, Math.max(least, 2));
  }
  return result;
}

/** A schema without the properties that only the other side may send (`readOnly` in requests). */
export function withoutReadOnly(document: Document, schema: Schema, seen: readonly Schema[] = []): Schema {
  if (typeof schema === "boolean" || seen.includes(schema)) return schema;
  const inner = (part: Schema): Schema => withoutReadOnly(document, part, [...seen, schema]);
  const result: Record<string, unknown> = { ...schema };
  if (schema.properties !== undefined) {
    const kept = Object.entries(schema.properties).filter(([, property]) => !isReadOnly(document, property));
    result["properties"] = Object.fromEntries(kept.map(([name, property]) => [name, inner(property)]));
    result["required"] = schema.required?.filter((name) => !(name in (schema.properties ?? {})) || kept.some(([key]) => key === name));
    if (result["required"] === undefined) delete result["required"];
  }
  for (const keyword of ["items", "additionalProperties"] as const) {
    if (isRecord(schema[keyword])) result[keyword] = inner(schema[keyword] as SchemaObject);
  }
  for (const keyword of ["allOf", "anyOf", "oneOf", "prefixItems"] as const) {
    if (schema[keyword] !== undefined) result[keyword] = schema[keyword].map(inner);
  }
  return result;
}

function isReadOnly(document: Document, schema: Schema): boolean {
  const resolved = resolveSchema(document, schema);
  return typeof resolved === "object" && resolved.readOnly === true;
}
