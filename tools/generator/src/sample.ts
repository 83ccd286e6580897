import { type Document, isObject, keywordsOf, type Schema, type SchemaObject } from "@mindbridge-sdk/openapi";
import { generateSync } from "json-schema-faker";

/** Below this depth only required properties are filled in, so that a schema may hold itself. */
const DEPTH = 3;
/** Below this depth nothing is filled in: a schema that requires itself has no value. */
const MAX_DEPTH = 16;

const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2026-03-02T09:15:04.120Z",
  date: "2026-03-02",
  time: "09:15:04Z",
  email: "robin@example.com",
  duration: "P3D",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  "json-pointer": "/text",
  uri: "https://example.com",
  hostname: "example.com",
  uuid: "4f7d2c1e-90a5-4b7e-8f7d-2f3a9b5c6d10",
};

/** The formats of texts that have groups of four characters. */
const BASE64 = new Set(["byte", "base64url"]);

/**
 * A value that fits a schema, the same each time. It follows types, formats, patterns and limits. Where a schema asks for more, such as
 * items that differ, give it an example in the document.
 */
export function sample(document: Document, reference: Schema | undefined, depth = 0): unknown {
  if (depth > MAX_DEPTH) return {};
  const schema = keywordsOf(document, reference);
  const inner = (each: Schema | undefined) => sample(document, each, depth + 1);

  const stated = [schema.const, schema.example, schema.examples?.[0], schema.default, schema.enum?.[0]];
  const found = stated.find((value) => value !== undefined);
  if (found !== undefined) return found;

  const choice = (schema.anyOf ?? schema.oneOf)?.find((each) => keywordsOf(document, each).type !== "null");
  const parts = [...(schema.allOf ?? []), ...(choice === undefined ? [] : [choice])];
  const type = [schema.type].flat().find((each) => each !== "null");
  const base = parts
    .map((each) => sample(document, each, depth))
    .reduce((before, value) => merge(before, value), undefined);
  if (type === undefined && !schema.properties) return base ?? {};

  switch (type) {
    case "array":
      return Array.from(
        { length: schema.minItems ?? (schema.contains !== undefined || depth < DEPTH ? 1 : 0) },
        (_, index) => inner(schema.prefixItems?.[index] ?? schema.contains ?? schema.items),
      );
    case "boolean":
      return true;
    case "integer":
    case "number":
      return numberIn(schema);
    case "string":
      return textOf(schema);
    default: {
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([name, each]) => schema.required?.includes(name) || (each !== false && depth < DEPTH),
      );
      return merge(base, Object.fromEntries(wanted.map(([name, each]) => [name, inner(each)])));
    }
  }
}

/** The lowest number that a schema allows, or 1; between limits that are not allowed themselves, the middle. */
function numberIn({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf: step }: SchemaObject): number {
  const least = Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
  const isAllowed = (value: number): boolean =>
    value >= least && value <= most && value !== exclusiveMinimum && value !== exclusiveMaximum;
  const first = step === undefined ? least : Math.ceil(least / step) * step;
  const tries =
    least === Number.NEGATIVE_INFINITY
      ? [step ?? 1, 0, most, most - (step ?? 1)]
      : [first, first + (step ?? 1), (least + most) / 2];
  return tries.find(isAllowed) ?? 1;
}

function textOf({ format = "", pattern, minLength = 0, maxLength }: SchemaObject): string {
  const usual = BASE64.has(format)
    ? "dGV4".repeat((maxLength ?? 4) < 4 ? 0 : Math.max(1, Math.ceil(minLength / 4)))
    : (BY_FORMAT[format] ?? "text").padEnd(minLength, "t").slice(0, maxLength);
  if (pattern === undefined || new RegExp(pattern, "u").test(usual)) return usual;
  const limits = { minLength, ...(maxLength !== undefined && { maxLength }) };
  const made = generateSync({ type: "string", pattern, ...limits }, { seed: 1 });
  return typeof made === "string" ? made : usual;
}

/** The members of two objects; of other values, the second that says anything. */
function merge(before: unknown, after: unknown): unknown {
  if (isObject(before) && isObject(after)) return { ...before, ...after };
  return before !== undefined && isObject(after) && Object.keys(after).length === 0 ? before : after;
}
