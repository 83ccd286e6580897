import { type Document, isObject, keywordsOf, type Schema, type SchemaObject } from "@mindbridge-sdk/openapi";
import { generateSync, type JsonSchema } from "json-schema-faker";
import { evaluate } from "./evaluate.ts";

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
  "relative-json-pointer": "0",
  uri: "https://example.com",
  hostname: "example.com",
  uuid: "4f7d2c1e-90a5-4b7e-8f7d-2f3a9b5c6d10",
};

/** The formats of texts that have groups of four characters. */
const BASE64 = new Set(["byte", "base64url"]);

/** How many texts of the faker are looked at. */
const SEEDS = 10;

/**
 * A value that fits a schema, the same each time. Of a few schemas none is found: give them an example in the document.
 * `checkSamples` warns of them.
 */
export function sample(document: Document, schema: Schema | undefined): unknown {
  return make(document, schema, 0);
}

/** What the faker makes of the schema of a text; `undefined` if nothing. Of a list, or of a schema that holds itself, it makes endless values. */
function fake(schema: object, seed: number): unknown {
  try {
    return generateSync(schema as JsonSchema, { seed });
  } catch {
    // A pattern says what it does not read.
    return undefined;
  }
}

/** A value of what the keywords of a schema say, one by one. */
function make(document: Document, reference: Schema | undefined, depth: number): unknown {
  if (depth > MAX_DEPTH) return {};
  const schema = keywordsOf(document, reference);
  const inner = (each: Schema | undefined) => make(document, each, depth + 1);

  const stated = [schema.const, schema.example, schema.examples?.[0], schema.default, schema.enum?.[0]];
  const found = stated.find((value) => value !== undefined);
  if (found !== undefined) return found;

  const choices = schema.anyOf ?? schema.oneOf ?? [];
  const isNull = (each: Schema): boolean => keywordsOf(document, each).type === "null";
  // What holds itself ends here.
  if (depth > DEPTH && choices.some(isNull)) return null;
  const choice = choices.find((each) => !isNull(each));
  const parts = [...(schema.allOf ?? []), ...(choice === undefined ? [] : [choice])];
  const type = [schema.type].flat().find((each) => each !== "null");
  const base = parts
    .map((each) => make(document, each, depth))
    .reduce((before, value) => merge(before, value), undefined);
  if (type === undefined && !schema.properties) return base ?? {};

  switch (type) {
    case "array":
      return different(itemsOf(schema, depth).map(inner), schema);
    case "boolean":
      return true;
    case "integer":
    case "number":
      return numberIn(schema);
    case "string":
      return fitting(document, schema, textOf(schema));
    default: {
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([name, each]) => schema.required?.includes(name) || (each !== false && depth < DEPTH),
      );
      const made = merge(base, Object.fromEntries(wanted.map(([name, each]) => [name, inner(each)]))) as object;
      const others = otherProperties(schema, Object.keys(made));
      return { ...made, ...Object.fromEntries(others.map(([name, each]) => [name, inner(each)])) };
    }
  }
}

/** The schemas of the items that an array is to have: first those that begin a tuple, or that it must contain. */
function itemsOf(schema: SchemaObject, depth: number): (Schema | undefined)[] {
  const { prefixItems = [], items, contains, minContains = 1, minItems = depth < DEPTH ? 1 : 0 } = schema;
  const contained = contains === undefined ? 0 : prefixItems.length + minContains;
  const length = Math.max(minItems, contained);
  return Array.from({ length }, (_, index) => {
    const own = prefixItems[index] ?? items;
    if (contains === undefined || index < prefixItems.length || index >= contained) return own;
    return own === undefined ? contains : { allOf: [own, contains] };
  });
}

/** The items, each with a number of its own where no two may be alike. */
function different(items: readonly unknown[], { uniqueItems }: SchemaObject): readonly unknown[] {
  if (uniqueItems !== true) return items;
  return items.map((item, index) => {
    if (index === 0 || !items.slice(0, index).includes(item)) return item;
    return typeof item === "number" ? item + index : typeof item === "string" ? `${item}${index}` : item;
  });
}

/** The text, if it fits; otherwise the first text of the faker that fits. It was made without regard to `not`. */
function fitting(document: Document, schema: SchemaObject, text: string): string {
  const fits = (value: unknown): boolean => evaluate(document, schema, value).violations.length === 0;
  for (let seed = 0; seed <= SEEDS; seed++) {
    const value = seed === 0 ? text : fake(schema, seed);
    if (typeof value === "string" && fits(value)) return value;
  }
  return text;
}

/** The properties that an object has to have besides, where it needs more than are listed. */
function otherProperties(schema: SchemaObject, names: readonly string[]): [name: string, Schema | undefined][] {
  const { minProperties = 0, patternProperties = {}, propertyNames, additionalProperties } = schema;
  const [[pattern, each] = [isObject(propertyNames) ? propertyNames.pattern : undefined, additionalProperties]] =
    Object.entries(patternProperties);
  const found = new Set(names);
  for (let seed = 1; found.size < minProperties && seed <= minProperties + SEEDS; seed++) {
    const listed = isObject(propertyNames) ? propertyNames.enum?.[seed - 1] : undefined;
    found.add(String(listed ?? (pattern === undefined ? `key${seed}` : fake({ type: "string", pattern }, seed))));
  }
  return [...found].slice(names.length).map((name) => [name, each]);
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
  const made = fake({ type: "string", pattern, ...limits }, 1);
  return typeof made === "string" ? made : usual;
}

/** The members of two objects; of other values, the second that says anything. */
function merge(before: unknown, after: unknown): unknown {
  if (isObject(before) && isObject(after)) return { ...before, ...after };
  return before !== undefined && isObject(after) && Object.keys(after).length === 0 ? before : after;
}
