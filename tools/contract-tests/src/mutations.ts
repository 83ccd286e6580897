// The one place that changes values: the contract tests break constraints with it, and random bodies are broken by it.
import { type Document, isObject, resolveSchema, type Schema, type SchemaObject } from "@mindbridge-sdk/openapi";
import type { Path, Validate } from "./validator.ts";

/** A way to change one part of a value. */
export interface Mutation {
  /** The schema's keyword, by its place in the schema: two parts of an `allOf` may constrain one place alike. */
  readonly key: string;
  readonly location: Path;
  readonly keyword: string;
  /** The place of the outermost `anyOf` or `oneOf` around it: every branch reports violations there. */
  readonly scope: Path | undefined;
  /** Tells several constraints of one keyword apart: the name of a property, or the kind of a wrong value. */
  readonly detail: string | undefined;
  /** Values to put in place of the present one, best first. */
  readonly candidates: readonly unknown[];
}

/** What `mutationsOf` needs to know of a schema. */
export interface SchemaContext {
  readonly document: Document;
  readonly schema: Schema;
  readonly validate: Validate;
}

interface Change {
  readonly detail?: string;
  readonly candidates: readonly unknown[];
}

type Changes = Readonly<Record<string, (schema: SchemaObject, value: unknown) => readonly Change[]>>;

const UNEXPECTED = "unexpectedProperty";
/** Larger arrays and longer strings are not made. */
const MAX_SIZE = 5_000;
/** The most items and characters that are sent where a schema sets a higher limit, or none. */
const MANY = 1_000;
const ONE_OF_EACH = ["text", 7, 1.5, true, [], {}, null];

/** For each keyword that refuses values: values to try, some of which it refuses. */
export const BREAKERS: Changes = {
  type: wrongTypes,
  enum: (schema) => notAmong(schema.enum ?? []),
  const: (schema) => notAmong([schema.const]),
  format: (_, value) => [{ candidates: [...otherTexts(value), 2 ** 31, 2 ** 53, 1.5] }],
  pattern: (_, value) => [{ candidates: otherTexts(value) }],
  minLength: ({ minLength = 0 }, value) => {
    if (minLength === 0 || minLength > MAX_SIZE) return [];
    return [{ candidates: [String(value).slice(0, minLength - 1), "a".repeat(minLength - 1)] }];
  },
  maxLength: ({ maxLength = 0 }, value) => {
    if (maxLength >= MAX_SIZE) return [];
    const text = typeof value === "string" && value !== "" ? value : "a";
    const fillers = [text.at(-1) ?? "a", text];
    return [{ candidates: [...fillers.map((end) => text.padEnd(maxLength + 1, end)), "a".repeat(maxLength + 1)] }];
  },
  minimum: ({ minimum = 0 }) => [{ candidates: beyond(minimum, -1) }],
  exclusiveMinimum: ({ exclusiveMinimum = 0 }) => [{ candidates: [exclusiveMinimum, ...beyond(exclusiveMinimum, -1)] }],
  maximum: ({ maximum = 0 }) => [{ candidates: beyond(maximum, 1) }],
  exclusiveMaximum: ({ exclusiveMaximum = 0 }) => [{ candidates: [exclusiveMaximum, ...beyond(exclusiveMaximum, 1)] }],
  multipleOf: ({ multipleOf = 1 }, value) => {
    const base = typeof value === "number" ? value : 0;
    return [{ candidates: [base + 1, base - 1, base + multipleOf / 2, base - multipleOf / 2] }];
  },
  minItems: ({ minItems = 0 }, value) =>
    minItems === 0 ? [] : [{ candidates: [items(value).slice(0, minItems - 1)] }],
  maxItems: ({ maxItems = 0 }, value) =>
    maxItems >= MAX_SIZE || items(value).length === 0 ? [] : [{ candidates: [repeated(items(value), maxItems + 1)] }],
  uniqueItems: ({ uniqueItems }, value) =>
    uniqueItems === true ? [{ candidates: [[...items(value), ...items(value).slice(0, 1)]] }] : [],
  required: ({ required = [] }, value) =>
    isObject(value) ? required.map((name) => ({ detail: name, candidates: [without(value, name)] })) : [],
  additionalProperties: (schema, value) => (schema.additionalProperties === false ? withUnexpected(value) : []),
  unevaluatedProperties: (schema, value) => (schema.unevaluatedProperties === false ? withUnexpected(value) : []),
  minProperties: ({ minProperties = 0 }, value) =>
    isObject(value) ? [{ candidates: [Object.fromEntries(Object.entries(value).slice(0, minProperties - 1))] }] : [],
  maxProperties: ({ maxProperties = 0 }, value) => {
    if (!isObject(value) || maxProperties >= MAX_SIZE) return [];
    const names = Array.from({ length: maxProperties + 1 }, (_, index) => `${UNEXPECTED}${index}`);
    const filled = (filler: unknown) => ({ ...value, ...Object.fromEntries(names.map((name) => [name, filler])) });
    return [{ candidates: [...Object.values(value), ...ONE_OF_EACH].map(filled) }];
  },
  anyOf: (_, value) => [{ candidates: [...ONE_OF_EACH, ...otherTexts(value)] }],
  oneOf: (_, value) => [{ candidates: [...ONE_OF_EACH, ...otherTexts(value)] }],
};

/** For each keyword that limits values: values at the limit, each value that it lists, and unusual values of its type. */
export const LIMITS: Changes = {
  enum: ({ enum: values = [] }) => values.map((value) => ({ detail: String(value), candidates: [value] })),
  minLength: ({ minLength = 0 }, value) => [{ candidates: ofLength(minLength, value) }],
  maxLength: ({ maxLength = 0 }, value) => [{ candidates: ofLength(maxLength, value) }],
  minimum: ({ minimum }) => [{ candidates: [minimum] }],
  maximum: ({ maximum }) => [{ candidates: [maximum] }],
  minItems: ({ minItems = 0 }, value) => [{ candidates: [items(value).slice(0, minItems)] }],
  maxItems: ({ maxItems = 0 }, value) => [{ candidates: [repeated(items(value), Math.min(maxItems, MANY))] }],
  type: ({ type = [] }) => ([type].flat().includes("string") ? UNUSUAL_TEXTS : []),
};

const UNUSUAL_TEXTS: readonly Change[] = [
  { detail: "empty", candidates: [""] },
  { detail: "long", candidates: ["a".repeat(MANY)] },
  { detail: "other scripts", candidates: ["Größe 監査 🧾"] },
];

/** Keywords that refuse nothing by themselves. The schemas inside some of them are walked. */
const SILENT = new Set(
  `$ref $schema $id $anchor $defs $comment title description default examples example deprecated readOnly writeOnly
   xml externalDocs discriminator contentEncoding contentMediaType properties items prefixItems patternProperties allOf
   nullable definitions`.split(/\s+/),
);

/** What is tried against a keyword that no breaker knows: it will be reported as unbroken. */
const UNKNOWN: readonly Change[] = [{ detail: "this keyword cannot be broken yet", candidates: ["?"] }];

/** The mutations that the keywords of a schema suggest, at every place of a value that it accepts. */
export function* mutationsOf({ document, schema, validate }: SchemaContext, value: unknown, changes: Changes) {
  yield* walk(schema, value, [], "", undefined);

  function* walk(
    unresolved: Schema,
    inner: unknown,
    location: Path,
    schemaPath: string,
    scope: Path | undefined,
  ): Generator<Mutation> {
    const part = resolveSchema(document, unresolved);
    if (typeof part === "boolean") return;
    for (const keyword of Object.keys(part)) {
      if (SILENT.has(keyword) || keyword.startsWith("x-")) continue;
      for (const { detail, candidates } of changes[keyword]?.(part, inner) ?? (changes === BREAKERS ? UNKNOWN : [])) {
        if (candidates.length === 0) continue;
        yield { key: `${schemaPath}/${keyword}/${detail ?? ""}`, location, keyword, scope, detail, candidates };
      }
    }
    for (const child of partsOf(part, inner)) {
      // Only the branch that the value takes can be changed from it.
      if (child.isBranch && validate(child.schema, inner).length > 0) continue;
      const [at, held] =
        child.key === undefined
          ? [location, inner]
          : [[...location, child.key], Reflect.get(inner as object, child.key)];
      const within = child.isBranch ? (scope ?? location) : scope;
      yield* walk(child.schema, held, at, `${schemaPath}/${child.name}`, within);
    }
  }
}

interface Part {
  readonly name: string;
  readonly schema: Schema;
  /** The property or item that the schema describes; absent where it describes the value itself. */
  readonly key?: string;
  readonly isBranch?: boolean;
}

/** The schemas inside a schema that a value reaches. */
function* partsOf(schema: SchemaObject, value: unknown): Generator<Part> {
  for (const [index, part] of (schema.allOf ?? []).entries()) yield { name: `allOf/${index}`, schema: part };
  for (const keyword of ["anyOf", "oneOf"] as const) {
    for (const [index, part] of (schema[keyword] ?? []).entries()) {
      yield { name: `${keyword}/${index}`, schema: part, isBranch: true };
    }
  }
  for (const key of isObject(value) ? Object.keys(value) : []) {
    const property = schema.properties?.[key];
    const patterns = Object.entries(schema.patternProperties ?? {}).filter(([each]) => new RegExp(each, "u").test(key));
    if (property !== undefined) yield { name: `properties/${key}`, schema: property, key };
    for (const [pattern, part] of patterns) yield { name: `patternProperties/${pattern}`, schema: part, key };
    if (property === undefined && patterns.length === 0 && isObject(schema.additionalProperties)) {
      yield { name: "additionalProperties", schema: schema.additionalProperties, key };
    }
  }
  for (const index of items(value).keys()) {
    const part = schema.prefixItems?.[index];
    if (part !== undefined) yield { name: `prefixItems/${index}`, schema: part, key: String(index) };
    else if (schema.items !== undefined) yield { name: "items", schema: schema.items, key: String(index) };
  }
}

/** A place in a value, and what stands there. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** Every place of a value. */
export function placesOf(value: unknown, path: Path = []): Place[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [{ path, value }, ...inner.flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

/** What may stand in place of any value, whatever its schema says. Names of properties stay ASCII: others can end Prism. */
export function otherValues(value: unknown): unknown[] {
  const others = [...ONE_OF_EACH, "", 0, -1, 2 ** 40, false, JSON.stringify(value), [value], { body: value }];
  if (typeof value === "string") return [...others, ...otherTexts(value), value.toLowerCase(), value.repeat(20)];
  if (typeof value === "number") return [...others, ...[value + 1, value - 1, value + 0.5, -value].filter(isExact)];
  if (Array.isArray(value)) {
    return [
      ...others,
      value.slice(1),
      [...value, ...value],
      repeated(value, 10),
      ...others.map((each) => [...value, each]),
    ];
  }
  if (!isObject(value)) return others;
  return [
    ...others,
    ...others.map((each) => ({ ...value, [UNEXPECTED]: each })),
    ...Object.keys(value).flatMap((name) => [
      without(value, name),
      { ...without(value, name), [name.toUpperCase()]: value[name] },
    ]),
  ];
}

/** A copy of `root` in which another value stands at `path`. */
export function replaceAt(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) return root.map((item, index) => (`${index}` === key ? replaceAt(item, rest, value) : item));
  if (isObject(root)) return { ...root, [key]: replaceAt(root[key], rest, value) };
  throw new Error(`The value has no ${path.join(".")} to replace.`);
}

/** The JSON type of a value. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function wrongTypes(schema: SchemaObject): Change[] {
  const allowed = [schema.type ?? []].flat();
  const wrong = ONE_OF_EACH.filter((value) => {
    if (typeof value === "number" && allowed.includes("number")) return false;
    if (Number.isInteger(value) && allowed.includes("integer")) return false;
    return !allowed.includes(jsonType(value));
  });
  const isFraction = (value: unknown): boolean => value === 1.5 && allowed.includes("integer");
  return [
    { candidates: wrong.filter((value) => value !== null && !isFraction(value)) },
    { detail: "null", candidates: wrong.filter((value) => value === null) },
    { detail: "fraction", candidates: wrong.filter(isFraction) },
  ];
}

function notAmong(values: readonly unknown[]): Change[] {
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number");
  const unlisted = [...texts.map((text) => `${text}_UNLISTED`), ...numbers.map((number) => number + 1), ...ONE_OF_EACH];
  // A name in the wrong case is the usual slip.
  const lowerCase = texts.map((text) => text.toLowerCase()).filter((text) => !values.includes(text));
  return [{ candidates: unlisted }, { detail: "case", candidates: lowerCase }];
}

function otherTexts(value: unknown): string[] {
  const text = typeof value === "string" ? value : "";
  const fixed = ["~", "0", "a", "A", " ", "not this", "http://[", "2026-13-45T99:99:99Z", "{", "("];
  return [...fixed, `${text}~`, `~${text}`, text.toUpperCase(), text + text, "~".repeat(text.length), ""];
}

function beyond(limit: number, direction: 1 | -1): number[] {
  return [limit + direction, limit + direction * 0.5, limit + direction * Math.max(1, Math.abs(limit) * 1e-6), limit];
}

/** Beyond this range numbers are rounded, and each validator rounds in its own way. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function repeated(values: readonly unknown[], length: number): unknown[] {
  return values.length === 0 ? [] : Array.from({ length }, (_, index) => values[index % values.length]);
}

function ofLength(length: number, value: unknown): string[] {
  if (length >= MAX_SIZE || typeof value !== "string") return [];
  return [value.slice(0, length).padEnd(length, value), "a".repeat(length), "A".repeat(length)];
}

function without(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = object;
  return rest;
}

function withUnexpected(value: unknown): Change[] {
  return isObject(value) ? [{ detail: UNEXPECTED, candidates: [{ ...value, [UNEXPECTED]: true }] }] : [];
}
