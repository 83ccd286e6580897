import { isRecord, type SchemaObject } from "./schema.ts";

/** One way to break a keyword, or just to keep to it: values to try in place of the present one, best first. */
export interface Change {
  /** Tells several constraints of one keyword apart: the name of a property, the kind of a wrong value. */
  readonly detail?: string;
  readonly candidates: readonly unknown[];
}

const UNEXPECTED = "unexpectedProperty";
/** Longer arrays and strings are not worth making. */
const MAX_SIZE = 5_000;

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const ONE_OF_EACH = ["text", 7, 1.5, true, [], {}, null];

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
  return [
    {
      candidates: [...texts.map((text) => `${text}_UNLISTED`), ...numbers.map((number) => number + 1), ...ONE_OF_EACH],
    },
    // A name in the wrong case is the usual accident.
    { detail: "case", candidates: texts.map((text) => text.toLowerCase()).filter((text) => !values.includes(text)) },
  ];
}

function otherTexts(value: unknown): string[] {
  const text = typeof value === "string" ? value : "";
  const tries = [
    "~",
    "0",
    "a",
    "A",
    " ",
    "not this",
    `${text}~`,
    `~${text}`,
    text.toUpperCase(),
    text + text,
    "http://[",
    "2026-13-45T99:99:99Z",
    "{",
    "(",
  ];
  return [...tries, "~".repeat(text.length), ""];
}

function beyond(limit: number, direction: 1 | -1): number[] {
  return [limit + direction, limit + direction * 0.5, limit + direction * Math.max(1, Math.abs(limit) * 1e-6), limit];
}

const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** For each keyword that refuses values: how to make one that it refuses. */
export const BREAKERS: Readonly<Record<string, (schema: SchemaObject, value: unknown) => readonly Change[]>> = {
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
    const end = text.at(-1) ?? "a";
    return [
      { candidates: [text.padEnd(maxLength + 1, end), text.padEnd(maxLength + 1, text), "a".repeat(maxLength + 1)] },
    ];
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
  maxItems: ({ maxItems = 0 }, value) => {
    if (maxItems >= MAX_SIZE || items(value).length === 0) return [];
    return [{ candidates: [repeated(items(value), maxItems + 1)] }];
  },
  uniqueItems: ({ uniqueItems }, value) =>
    uniqueItems === true ? [{ candidates: [[...items(value), ...items(value).slice(0, 1)]] }] : [],
  required: ({ required = [] }, value) => {
    if (!isRecord(value)) return [];
    return required.map((name) => {
      const { [name]: _left, ...rest } = value;
      return { detail: name, candidates: [rest] };
    });
  },
  additionalProperties: (schema, value) => (schema.additionalProperties === false ? withUnexpected(value) : []),
  unevaluatedProperties: (schema, value) => (schema.unevaluatedProperties === false ? withUnexpected(value) : []),
  minProperties: ({ minProperties = 0 }, value) => [
    { candidates: isRecord(value) ? [Object.fromEntries(Object.entries(value).slice(0, minProperties - 1))] : [] },
  ],
  maxProperties: ({ maxProperties = 0 }, value) => {
    if (!isRecord(value) || maxProperties >= MAX_SIZE) return [];
    const filled = (filler: unknown) =>
      Object.fromEntries(Array.from({ length: maxProperties + 1 }, (_, index) => [`${UNEXPECTED}${index}`, filler]));
    return [
      { candidates: [...Object.values(value), ...ONE_OF_EACH].map((filler) => ({ ...value, ...filled(filler) })) },
    ];
  },
  anyOf: (_, value) => [{ candidates: [...ONE_OF_EACH, ...otherTexts(value)] }],
  oneOf: (_, value) => [{ candidates: [...ONE_OF_EACH, ...otherTexts(value)] }],
};

function withUnexpected(value: unknown): Change[] {
  return isRecord(value) ? [{ detail: UNEXPECTED, candidates: [{ ...value, [UNEXPECTED]: true }] }] : [];
}

/** For each keyword that says what is let through: how to make values at its limit, and each that is listed. */
export const LIMITS: Readonly<Record<string, (schema: SchemaObject, value: unknown) => readonly Change[]>> = {
  enum: ({ enum: values = [] }) => values.map((value) => ({ detail: String(value), candidates: [value] })),
  minLength: ({ minLength = 0 }, value) => [{ candidates: lengths(minLength, value) }],
  maxLength: ({ maxLength = 0 }, value) => [{ candidates: lengths(maxLength, value) }],
  minimum: ({ minimum }) => [{ candidates: [minimum] }],
  maximum: ({ maximum }) => [{ candidates: [maximum] }],
  minItems: ({ minItems = 0 }, value) => [{ candidates: [items(value).slice(0, minItems)] }],
  maxItems: ({ maxItems = 0 }, value) => [{ candidates: [repeated(items(value), Math.min(maxItems, MANY))] }],
  type: ({ type = [] }) => ([type].flat().includes("string") ? UNUSUAL_TEXTS : []),
};

/** As many items as are sent at most where the limit is higher. */
const MANY = 1_000;

/** Where nothing limits a text, all of these are fine. */
const UNUSUAL_TEXTS: readonly Change[] = [
  { detail: "empty", candidates: [""] },
  { detail: "long", candidates: ["a".repeat(MANY)] },
  { detail: "other scripts", candidates: ["Größe 監査 🧾"] },
];

function repeated(values: readonly unknown[], length: number): unknown[] {
  return values.length === 0 ? [] : Array.from({ length }, (_, index) => values[index % values.length]);
}

function lengths(length: number, value: unknown): string[] {
  if (length >= MAX_SIZE || typeof value !== "string") return [];
  return [value.slice(0, length).padEnd(length, value), "a".repeat(length), "A".repeat(length)];
}
