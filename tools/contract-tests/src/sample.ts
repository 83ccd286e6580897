import { generateSync, type JsonSchema } from "json-schema-faker";
import { type Document, resolveSchema } from "./document.ts";
import { isRecord, type Schema } from "./schema.ts";
import type { Validate } from "./validator.ts";

const SEEDS = 20;

/**
 * A value that a schema accepts, the same each time, with every optional property.
 *
 * @throws {Error} if none is found, which an example in the document mends.
 */
export function sample(document: Document, schema: Schema, validate: Validate, what: string): unknown {
  const [value] = samples(document, schema, validate, 1);
  if (value === undefined) {
    throw new Error(`No value was found that the schema of ${what} accepts. Give it an example in the document.`);
  }
  return value;
}

/** Up to `count` values that a schema accepts. Together they take most branches of a schema that has any. */
export function samples(document: Document, schema: Schema, validate: Validate, count: number): unknown[] {
  const whole = typeof schema === "boolean" ? schema : { ...schema, components: document.components };
  const found: unknown[] = [];
  // An item in each array shows what its constraints are; a schema that holds itself must end without.
  for (const leastItems of [1, 0]) {
    const source = handy(whole, leastItems) as JsonSchema;
    for (let seed = 1; seed <= SEEDS && found.length < count; seed++) {
      const value = generateSync(source, { seed, alwaysFakeOptionals: true, refDepthMax: 2, maxDepth: 12 });
      if (validate(schema, value).length === 0) found.push(value);
    }
  }
  return found;
}

/** Where a schema holds data, not schemas. */
const DATA = new Set(["enum", "const", "default", "example", "examples"]);

/** The same schema, with few items in each array (the faker would make 2,147,483,647) and something in each map. */
function handy(part: unknown, leastItems: number): unknown {
  if (Array.isArray(part)) return part.map((inner) => handy(inner, leastItems));
  if (!isRecord(part)) return part;
  const result = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, DATA.has(key) ? value : handy(value, leastItems)]),
  );
  if (isRecord(part.items)) {
    const [least, most] = [Number(part.minItems ?? 0), Number(part.maxItems ?? Number.POSITIVE_INFINITY)];
    result.minItems = Math.max(least, Math.min(leastItems, most));
    result.maxItems = Math.min(most, Math.max(least, 2));
  }
  if (isRecord(part.additionalProperties)) {
    const properties = isRecord(result.properties) ? result.properties : {};
    result.properties = { ...properties, additional: result.additionalProperties };
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
    result.properties = Object.fromEntries(kept.map(([name, property]) => [name, inner(property)]));
    result.required = schema.required?.filter(
      (name) => !(name in (schema.properties ?? {})) || kept.some(([key]) => key === name),
    );
    if (result.required === undefined) delete result.required;
  }
  for (const keyword of ["items", "additionalProperties"] as const) {
    if (isRecord(schema[keyword])) result[keyword] = inner(schema[keyword]);
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
