// What the generated validators call.
import type { Problem } from "./validator.ts";

/**
 * Adds a problem to a list. Returns whether there is no list: then a validator can stop.
 *
 * @param limit The value of the keyword, where a reader needs it.
 */
export function fail(problems: Problem[] | undefined, pointer: string, keyword: string, limit?: unknown): boolean {
  problems?.push({ pointer, keyword, expected: expected(keyword, limit) });
  return problems === undefined;
}

/** What a keyword expects, in words. */
function expected(keyword: string, limit: unknown): string {
  switch (keyword) {
    case "required":
      return "a value";
    case "additionalProperties":
    case "dependentSchemas":
    case "patternProperties":
    case "properties":
    case "propertyNames":
    case "unevaluatedProperties":
      return "no such property";
    case "items":
    case "prefixItems":
    case "unevaluatedItems":
      return "no such item";
    case "type":
      return `the type ${[limit].flat().join(" or ")}`;
    case "enum":
      return `one of ${[...(limit as Iterable<unknown>)].map((value) => JSON.stringify(value)).join(", ")}`;
    case "const":
      return JSON.stringify(limit);
    case "minLength":
    case "maxLength":
      return `at ${keyword === "minLength" ? "least" : "most"} ${limit} character(s)`;
    case "contains":
    case "minContains":
      return `at least ${limit} item(s) of the kind that it must contain`;
    case "maxContains":
      return `at most ${limit} item(s) of the kind that it must contain`;
    case "minItems":
    case "maxItems":
      return `at ${keyword === "minItems" ? "least" : "most"} ${limit} item(s)`;
    case "minProperties":
    case "maxProperties":
      return `at ${keyword === "minProperties" ? "least" : "most"} ${limit} property(s)`;
    case "minimum":
      return `a number >= ${limit}`;
    case "maximum":
      return `a number <= ${limit}`;
    case "exclusiveMinimum":
      return `a number > ${limit}`;
    case "exclusiveMaximum":
      return `a number < ${limit}`;
    case "multipleOf":
      return `a multiple of ${limit}`;
    case "uniqueItems":
      return "no two equal items";
    case "format":
      return `the format ${limit}`;
    case "pattern":
      return `a match of ${limit}`;
    case "anyOf":
      return "a match of one of the alternatives";
    case "oneOf":
      return "a match of exactly one of the alternatives";
    default:
      return "another value";
  }
}

/** A key as a part of a JSON Pointer. */
export function pointerKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is valid. If it is, what its schema evaluated is added to a set: names of properties and indices of items. */
export function evaluate(
  track: (value: unknown, problems: undefined, at: string, evaluated: Set<unknown>) => boolean,
  value: unknown,
  evaluated: Set<unknown>,
): boolean {
  const own = new Set<unknown>();
  const isValid = track(value, undefined, "", own);
  if (isValid) for (const each of own) evaluated.add(each);
  return isValid;
}

/** Whether a number is a multiple of another one, as far as binary fractions can tell: 0.3 is one of 0.1. */
export function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return value % of === 0 || Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.abs(quotient);
}

/** Whether the calendar has the day that a text of the form `2026-02-28…` begins with: it has no `2026-02-29`. */
export function isDay(text: string): boolean {
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  if (month !== 2) return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31);
  const year = Number(text.slice(0, 4));
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** A number of two digits. To cut it out and parse it takes several times longer. */
function twoDigits(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;
}

/** Whether no two items of a list are equal. */
export function isUnique(items: readonly unknown[]): boolean {
  const objects = items.filter((item) => typeof item === "object" && item !== null);
  const others = items.filter((item) => typeof item !== "object" || item === null);
  return (
    new Set(others).size === others.length &&
    objects.every((item, index) => !objects.slice(index + 1).some((other) => isEqual(item, other)))
  );
}

/** The length of a string as JSON Schema counts it: in code points. */
export function codePoints(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index++) {
    // A surrogate pair is one code point. A loop over code points is several times slower.
    if ((text.charCodeAt(index - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(index) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}

/** Whether two JSON values are equal. The order of their keys does not matter. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
