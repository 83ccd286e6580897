import type { Document } from "./document.ts";
import { resolveSchema } from "./document.ts";
import { isRecord, type Schema } from "./schema.ts";

/** A field, and a name, that no version of the document lists. */
export const ADDED_FIELD = "addedLater";
export const ADDED_VALUE = "ADDED_LATER";

/**
 * Adds to a response what a newer server may send: a field in each object, and a name that is not listed in place of
 * each that is.
 *
 * @returns The response, and how many values were put in place of listed ones.
 */
export function withAdditions(
  document: Document,
  schema: Schema,
  value: unknown,
): { value: unknown; replaced: number } {
  const resolved = resolveSchema(document, schema);
  let replaced = 0;
  const inner = (part: Schema, child: unknown): unknown => {
    const added = withAdditions(document, part, child);
    replaced += added.replaced;
    return added.value;
  };
  const parts = flatten(document, resolved);
  if (typeof value === "string" && parts.some((part) => typeof part === "object" && part.enum !== undefined)) {
    return { value: ADDED_VALUE, replaced: 1 };
  }
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (typeof part === "object" && part.items !== undefined ? [part.items] : []));
    return { value: value.map((item) => inner(items[0] ?? true, item)), replaced };
  }
  if (!isRecord(value)) return { value, replaced };
  const properties = Object.fromEntries(
    parts.flatMap((part) => (typeof part === "object" ? Object.entries(part.properties ?? {}) : [])),
  );
  const known = Object.entries(value).map(([name, child]) => [name, inner(properties[name] ?? true, child)]);
  return { value: { ...Object.fromEntries(known), [ADDED_FIELD]: { any: ["thing", 1, null] } }, replaced };
}

/** A schema with all parts and branches that say something of the same value. */
function flatten(document: Document, schema: Schema): Schema[] {
  if (typeof schema === "boolean") return [schema];
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...parts.flatMap((part) => flatten(document, resolveSchema(document, part)))];
}
