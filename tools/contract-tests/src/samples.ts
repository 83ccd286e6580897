import { sample as madeByKeywords } from "@mindbridge-sdk/generator";
import {
  allOfParts,
  type Document,
  isObject,
  mapSubschemas,
  type Schema,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { generateSync } from "json-schema-faker";
import type { Validate } from "./validator.ts";

const SEEDS = 20;

/**
 * A value that a schema accepts, with every optional property if there is one. It is the same each time.
 *
 * @throws {Error} if none is found.
 */
export function sample(document: Document, schema: Schema, validate: Validate, what: string): unknown {
  const [value] = samples(document, schema, validate, 1);
  if (value === undefined) {
    throw new Error(`No value was found that the schema of ${what} accepts. Give it an example in the document.`);
  }
  return value;
}

/** Up to `count` values that a schema accepts. Together they take most of its branches. */
export function samples(document: Document, schema: Schema, validate: Validate, count: number): unknown[] {
  const found = samplesOf(document, schema, schema, validate, count);
  const { oneOf = [], anyOf = [] } = schema as SchemaObject;
  // Where several members accept the few properties that all require, a value with every property of one tells them apart.
  return found.length > 0 || count === 0
    ? found
    : [...oneOf, ...anyOf].flatMap((member) => samplesOf(document, member, schema, validate, 1)).slice(0, count);
}

/** Values of `made` that `schema` accepts, too. */
function samplesOf(document: Document, made: Schema, schema: Schema, validate: Validate, count: number): unknown[] {
  const found: unknown[] = [];
  // An item in each array reaches the constraints of items, and each property its own. A schema that holds itself ends only without.
  for (const [leastItems, alwaysFakeOptionals] of [
    [1, true],
    [0, true],
    [0, false],
  ] as const) {
    if (!alwaysFakeOptionals && found.length > 0) break;
    const fake = faker(document, made, { leastItems, alwaysFakeOptionals });
    for (let seed = 1; seed <= SEEDS && found.length < count; seed++) {
      const value = fake(seed);
      if (validate(schema, value).length === 0) found.push(value);
    }
  }
  return found.length > 0
    ? found
    : withoutFaker(document, made)
        .filter((value) => validate(schema, value).length === 0)
        .slice(0, 1);
}

/** Values of schemas of which the faker makes none: with `contains`, of a map of patterns, and of some that hold themselves. */
export function withoutFaker(document: Document, schema: Schema): unknown[] {
  return [madeByKeywords(document, schema), {}, [], ""];
}

/**
 * Makes values of a schema, the same for the same seed, or `undefined` where the faker can make none. A value is not sure to
 * be valid: a validator decides.
 */
export function faker(
  document: Document,
  schema: Schema,
  { leastItems, alwaysFakeOptionals = false }: { leastItems: number; alwaysFakeOptionals?: boolean },
): (seed: number) => unknown {
  const small = (part: Schema): Schema => withFewItems(part, leastItems);
  const { schemas = {} } = document.components ?? {};
  const components = {
    schemas: Object.fromEntries(Object.entries(schemas).map(([name, part]) => [name, small(part)])),
  };
  const whole = typeof schema === "boolean" ? schema : { ...(small(schema) as object), components };
  return (seed) => {
    try {
      return generateSync(whole, { seed, alwaysFakeOptionals, refDepthMax: 2, maxDepth: 12 });
    } catch {
      // A schema that holds itself was nested too deep.
      return undefined;
    }
  };
}

/**
 * The same schema with few items in each array (the faker would make 2,147,483,647), a property in each map, and an end above a
 * minimum (the faker would make no number above 1,000).
 */
function withFewItems(schema: Schema, leastItems: number): Schema {
  const inner = mapSubschemas(schema, (part) => withFewItems(part, leastItems));
  if (typeof inner === "boolean") return inner;
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, additionalProperties, properties } = inner;
  const { minimum, maximum, exclusiveMaximum, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = inner;
  const least = Math.ceil(minLength / 4);
  return {
    ...inner,
    ...(isObject(items) && {
      minItems: Math.max(minItems, Math.min(leastItems, maxItems)),
      maxItems: Math.min(maxItems, Math.max(minItems, MOST_ITEMS)),
    }),
    ...(minimum !== undefined &&
      (maximum ?? exclusiveMaximum) === undefined && { maximum: minimum + LARGEST_DISTANCE }),
    // The faker knows no base64.
    ...((format === "byte" || format === "base64url") && {
      pattern:
        inner.pattern ?? `^(?:[A-Za-z0-9]{4}){${least},${Math.min(Math.floor(maxLength / 4), least + MOST_ITEMS)}}$`,
    }),
    ...(isObject(additionalProperties) && { properties: { ...properties, additional: additionalProperties } }),
  };
}

const MOST_ITEMS = 2;
const LARGEST_DISTANCE = 1_000;

/** What a keyword says in a schema, and in those inside it. */
export function valuesOf(keyword: string, schema: unknown): unknown[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => valuesOf(keyword, part));
  if (!isObject(schema)) return [];
  const inside = Object.values(schema).flatMap((part) => valuesOf(keyword, part));
  return keyword in schema ? [schema[keyword], ...inside] : inside;
}

/** A request's schema without its `readOnly` properties, which only the server sends. */
export const withoutReadOnly = (document: Document, schema: Schema): Schema => without(document, schema, "readOnly");

/** A response's schema without its `writeOnly` properties, which only the client sends. */
export const withoutWriteOnly = (document: Document, schema: Schema): Schema => without(document, schema, "writeOnly");

function without(document: Document, schema: Schema, mark: "readOnly" | "writeOnly"): Schema {
  if (typeof schema === "boolean") return schema;
  const { properties, required, ...rest } = schema;
  const isMarked = (name: string): boolean =>
    allOfParts(document, properties?.[name] ?? true).some(({ value }) => value[mark] === true);
  const visible = {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !isMarked(name))),
    }),
    ...(required && { required: required.filter((name) => !isMarked(name)) }),
  };
  return mapSubschemas(visible, (part) => without(document, part, mark));
}
