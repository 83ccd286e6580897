import { isObject, type Located, type SchemaObject } from "@mindbridge-sdk/openapi";
import type { Level } from "./change.ts";

/** What a part of a document states: the value of a keyword, and where it stands. */
export interface Statement extends Located {
  /** The keyword as it is written there. */
  readonly keyword: string;
}

/** What is to be known of a keyword to compare its values. */
interface Rule {
  /** The types whose values it says something of. */
  readonly of?: readonly string[];
  /** The value that means the same as no value. */
  readonly usual?: unknown;
  /** Of a limit: whether one value allows all that another allows. */
  readonly allows?: (one: Statement, other: Statement) => boolean;
  /** Whether it holds a schema, or schemas by name or index, that allows more where the whole does. */
  readonly holds?: "a schema" | "named schemas";
  /** The level of a change, if it does not follow from what is allowed. */
  readonly level?: (isSent: boolean, was: unknown, is: unknown) => Level | undefined;
}

const isExclusive = ({ keyword }: Statement): boolean => keyword.startsWith("exclusive");

const atLeast = (one: Statement, other: Statement): boolean =>
  Number(one.value) < Number(other.value) || (one.value === other.value && (isExclusive(other) || !isExclusive(one)));

const atMost = (one: Statement, other: Statement): boolean =>
  Number(one.value) > Number(other.value) || (one.value === other.value && (isExclusive(other) || !isExclusive(one)));

/** By the quotient, since the remainder of fractions is not exact. */
function divides(one: Statement, other: Statement): boolean {
  const quotient = Number(other.value) / Number(one.value);
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

const LARGER_FORMATS: Readonly<Record<string, string>> = { int32: "int64", float: "double" };

const includesFormat = (one: Statement, other: Statement): boolean =>
  one.value === other.value || one.value === LARGER_FORMATS[String(other.value)];

const listsAll = (one: Statement, other: Statement): boolean =>
  (other.value as unknown[]).every((value) => (one.value as unknown[]).includes(value));

const [STRING, NUMBER, ARRAY, OBJECT] = [["string"], ["number"], ["array"], ["object"]];

/**
 * The rules of the keywords of schemas, parameters and headers. A keyword without a rule, or with an empty one, demands something:
 * who adds it allows less.
 */
const RULES: Readonly<Record<string, Rule>> = {
  minLength: { of: STRING, usual: 0, allows: atLeast },
  maxLength: { of: STRING, allows: atMost },
  pattern: { of: STRING },
  contentEncoding: { of: STRING },
  contentMediaType: { of: STRING },
  contentSchema: { of: STRING, holds: "a schema" },
  known: { of: STRING },
  format: { of: ["string", "number"], allows: includesFormat },

  // Of a server variable. The values of schemas may be listed in several ways, and are compared apart.
  enum: { allows: listsAll },

  minimum: { of: NUMBER, allows: atLeast },
  maximum: { of: NUMBER, allows: atMost },
  multipleOf: { of: NUMBER, allows: divides },

  minItems: { of: ARRAY, usual: 0, allows: atLeast },
  maxItems: { of: ARRAY, allows: atMost },
  minContains: { of: ARRAY, allows: atLeast },
  maxContains: { of: ARRAY, allows: atMost },
  uniqueItems: { of: ARRAY, usual: false },
  items: { of: ARRAY, holds: "a schema" },
  unevaluatedItems: { of: ARRAY, holds: "a schema" },
  contains: { of: ARRAY, holds: "a schema" },
  prefixItems: { of: ARRAY, holds: "named schemas", level: () => "major" },

  minProperties: { of: OBJECT, usual: 0, allows: atLeast },
  maxProperties: { of: OBJECT, allows: atMost },
  properties: { of: OBJECT },
  additionalProperties: { of: OBJECT },
  // What comes has to stay open: once closed, a field that the server adds would be refused.
  unevaluatedProperties: {
    of: OBJECT,
    level: (isSent, was, is) => (isSent ? undefined : is === false ? "major" : was === false ? "minor" : undefined),
  },
  propertyNames: { of: OBJECT, holds: "a schema" },
  patternProperties: { of: OBJECT, holds: "named schemas", level: () => "major" },
  dependentRequired: { of: OBJECT },
  dependentSchemas: { of: OBJECT, holds: "named schemas" },
  $defs: { of: OBJECT },
  required: {
    of: OBJECT,
    usual: false,
    level: (isSent, was, is) => (isSent === Number(is) > Number(was) ? "major" : "minor"),
  },

  // And of `then`: an object with that key would look like a promise.
  else: { holds: "a schema" },

  allowEmptyValue: { usual: false, level: (_, __, is) => (is === true ? "minor" : "major") },
  allowReserved: { usual: false },
  nullable: { usual: false },
  readOnly: { usual: false, level: (_, __, is) => (is === true ? "major" : "minor") },
  writeOnly: { usual: false, level: (isSent, _, is) => (isSent ? "patch" : is === true ? "major" : "minor") },
  // By Semantic Versioning 2.0.0, item 7.
  deprecated: { usual: false, level: (_, __, is) => (is === true ? "minor" : "patch") },
  // Nothing that comes is filled in. A call that leaves out a value does something else if the default is another one.
  default: { level: (isSent, was) => (isSent ? (was === undefined ? "minor" : "major") : "patch") },
  // The client writes the value: no code of users changes.
  style: { level: () => "patch" },
};

export function ruleOf(keyword: string): Rule {
  const own = keyword === "then" ? "else" : keyword;
  return (Object.hasOwn(RULES, own) && RULES[own]) || {};
}

/** Keywords that describe, and those from which the alternatives of a schema follow. */
const DESCRIPTIVE = new Set(
  ["$anchor", "$comment", "$dynamicAnchor", "$id", "$schema", "description", "discriminator", "example"].concat([
    "examples",
    "externalDocs",
    "nullable",
    "summary",
    "title",
    "type",
    "xml",
  ]),
);

export function isDescriptive(keyword: string): boolean {
  return DESCRIPTIVE.has(keyword) || keyword.startsWith("x-");
}

/** Ways to write a pattern that every text matches. */
const ANY_TEXT = new Set(["", "^", "$", ".*", "^.*", ".*$", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"]);

/** Whether a keyword says what holds without it. */
export function isDefault(keyword: string, value: unknown, schema: SchemaObject): boolean {
  if (value === undefined) return false;
  if (keyword === "pattern") return ANY_TEXT.has(String(value));
  if (keyword === "items" && schema.prefixItems === undefined) return isAnything(value);
  if (keyword === "required" && Array.isArray(value)) return value.length === 0;
  if (keyword === "properties" || keyword === "dependentRequired") return Object.keys(value as object).length === 0;
  return ruleOf(keyword).usual === value;
}

export function isAnything(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).every((key) => isRemark(key)));
}

const isRemark = (keyword: string): boolean => isDescriptive(keyword) && keyword !== "type";
