import type { Rating } from "./change.ts";
import { canonical, isObject, type JsonObject } from "./json.ts";
import { isAnnotation } from "./meaning.ts";
import {
  type Bound,
  ratingOfRead,
  ratingOfSent,
  type Shift,
  shiftOfBounds,
  shiftOfSets,
  type Visibility,
} from "./shift.ts";

/** A schema of each document at the same place. */
export interface SchemaPair {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** How a schema is used where it is rated. */
export interface SchemaUse {
  /** Whether users write what it describes; otherwise they read it. */
  readonly isSent: boolean;
  /** Whether it lists the known values of an enum that may grow. */
  readonly isOpen: boolean;
}

/** Each with the keyword that excludes the bound itself. */
const BOUNDS: Readonly<Record<string, { readonly kind: "lower" | "upper"; readonly exclusive?: string }>> = {
  minLength: { kind: "lower" },
  minItems: { kind: "lower" },
  minProperties: { kind: "lower" },
  minContains: { kind: "lower" },
  minimum: { kind: "lower", exclusive: "exclusiveMinimum" },
  maxLength: { kind: "upper" },
  maxItems: { kind: "upper" },
  maxProperties: { kind: "upper" },
  maxContains: { kind: "upper" },
  maximum: { kind: "upper", exclusive: "exclusiveMaximum" },
};

/** What a change of one keyword of a schema means. */
export function rateKeyword(keyword: string, { before, after }: SchemaPair, use: SchemaUse): Rating {
  const [from, to] = [before[keyword], after[keyword]];
  const rate = (shift: Shift, visibility: Visibility): Rating =>
    use.isSent ? ratingOfSent(shift) : ratingOfRead(shift, visibility);

  switch (keyword) {
    case "type":
      return rateType(before, after, rate);
    case "enum":
    case "const":
      return rateValues(before, after, use);
    case "required":
      return rate(opposedSets(setOf(from), setOf(to)), "typed");
    case "additionalProperties":
    case "unevaluatedProperties":
      return rateOpenness(from, to, use);
    case "format":
      return rate(shiftOfFormats(from, to), "untyped");
    case "pattern":
    case "contentEncoding":
    case "contentMediaType":
      return rate(shiftOfPresence(from, to), "untyped");
    case "multipleOf":
      return rate(shiftOfMultiples(from, to), "untyped");
    case "uniqueItems":
      return rate(from === true ? "wider" : "narrower", "untyped");
    case "nullable":
      return rate(to === true ? "wider" : "narrower", "typed");
    case "default":
      return rateDefault(from, use);
    case "deprecated":
      return rateDeprecation(to);
    case "readOnly":
      return rateAccess(to === true, use.isSent);
    case "writeOnly":
      return use.isSent ? { level: "patch", reason: "The field is sent as before." } : rateAccess(to === true, true);
  }
  const bound = Object.entries(BOUNDS).find(([own, { exclusive }]) => keyword === own || keyword === exclusive);
  if (bound) {
    const [own, { kind, exclusive }] = bound;
    const boundsOf = (schema: JsonObject): Bound[] => [
      ...bounds(schema[own], false),
      ...(exclusive === undefined ? [] : bounds(schema[exclusive], true)),
    ];
    return rate(shiftOfBounds(kind, boundsOf(before), boundsOf(after)), "untyped");
  }
  return {
    level: "major",
    reason: `How two values of \`${keyword}\` relate is not known, so that this is taken for a break.`,
  };
}

function bounds(value: unknown, isExclusive: boolean): Bound[] {
  return typeof value === "number" ? [{ value, isExclusive }] : [];
}

/** What the coming or going of a schema below a keyword (such as `items`) means. */
export function rateSubschema(
  keyword: string,
  kind: "added" | "removed",
  owner: { readonly before: JsonObject | undefined; readonly after: JsonObject | undefined },
  use: SchemaUse,
): Rating {
  const isAdded = kind === "added";
  const rate = (shift: Shift, visibility: Visibility): Rating =>
    use.isSent ? ratingOfSent(shift) : ratingOfRead(shift, visibility);
  switch (keyword) {
    case "properties":
      if (isAdded && hasAnyFields(owner.before)) return CLOSED_BY_NAMES;
      if (isAdded) return { level: "minor", reason: use.isSent ? "A new field may be sent." : "A new field comes." };
      return {
        level: "major",
        reason: use.isSent
          ? "Code that sends the field no longer compiles, and may be refused."
          : "Code that reads the field no longer compiles.",
      };
    case "additionalProperties":
    case "unevaluatedProperties":
      if (owner.before === undefined || owner.after === undefined) return rate("other", "typed");
      return rateOpenness(owner.before[keyword], owner.after[keyword], use);
    case "items":
      if (use.isSent) return rate(isAdded ? "narrower" : "wider", "typed");
      return isAdded ? rate("narrower", "typed") : GONE_FROM_TYPE;
    case "allOf":
      if (isAdded && hasAnyFields(owner.before)) return CLOSED_BY_NAMES;
      if (isAdded) return rate("narrower", "typed");
      return use.isSent ? rate("other", "typed") : GONE_FROM_TYPE;
    case "anyOf":
    case "oneOf": {
      // With the first member something is ruled out; with each further one, let in.
      const isWhole = owner.before?.[keyword] === undefined || owner.after?.[keyword] === undefined;
      if (isWhole) return rate("other", "typed");
      return isAdded ? rate("wider", "typed") : rate(use.isSent ? "narrower" : "other", "typed");
    }
    case "$defs":
      return { level: "none", reason: "Nothing that users see has this name." };
    case "not":
    case "contains":
    case "propertyNames":
    case "dependentRequired":
    case "dependentSchemas":
      return rate(isAdded ? "narrower" : "wider", "untyped");
    default:
      return rate("other", "typed");
  }
}

const GONE_FROM_TYPE: Rating = { level: "major", reason: "What code reads there is gone from the type." };
const CLOSED_BY_NAMES: Rating = {
  level: "major",
  reason: "Until now the type had a field of any name, and now it has only those that are named.",
};

/** Whether the type is `Record<string, unknown>`, as that of an object is whose fields nothing names. */
function hasAnyFields(schema: JsonObject | undefined): boolean {
  if (schema === undefined || ![schema.type].flat().includes("object")) return false;
  const names = ["properties", "patternProperties", "allOf", "anyOf", "oneOf"].flatMap((key) =>
    Object.keys(schema[key] ?? {}),
  );
  return names.length === 0 && !isObject(schema.additionalProperties);
}

function rateType(
  before: JsonObject,
  after: JsonObject,
  rate: (shift: Shift, visibility: Visibility) => Rating,
): Rating {
  const widened = (types: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined =>
    types?.has("number") ? new Set([...types, "integer"]) : types;
  const [from, to] = [widened(setOf(before.type)), widened(setOf(after.type))];
  const typescript = (types: ReadonlySet<string> | undefined): string =>
    [...new Set([...(types ?? [])].map((type) => (type === "integer" ? "number" : type)))].toSorted().join();
  return rate(shiftOfSets(from, to), typescript(from) === typescript(to) ? "untyped" : "typed");
}

function rateValues(before: JsonObject, after: JsonObject, { isSent, isOpen }: SchemaUse): Rating {
  const [from, to] = [setOfValues(before), setOfValues(after)];
  const shift = shiftOfSets(from, to);
  if (isSent) return ratingOfSent(shift);
  if (shift === "same") return ratingOfRead(shift, "typed");
  if (isOpen && shift === "wider" && to !== undefined) {
    return { level: "minor", reason: "The list may grow, and code had to expect values that are not in it." };
  }
  if (shift === "narrower" || shift === "other") {
    return { level: "major", reason: "Code that handles a value that is gone no longer compiles." };
  }
  return { level: "major", reason: "A value may come that code, which handles all that were listed, does not expect." };
}

function rateOpenness(from: unknown, to: unknown, { isSent }: SchemaUse): Rating {
  // Without the keyword more is let through as well, but TypeScript lets nobody read or write it.
  const isAnything = (value: unknown): boolean => isObject(value) && Object.keys(value).every(isAnnotation);
  const accepts = (value: unknown): number => (value === false ? 0 : isObject(value) && !isAnything(value) ? 1 : 2);
  const typed = (value: unknown): number => (isAnything(value) ? 2 : isObject(value) ? 1 : 0);
  const isLess = accepts(to) < accepts(from);
  const isTypedLess = typed(to) < typed(from);
  if (isSent) return ratingOfSent(isLess || isTypedLess ? "narrower" : "wider");
  if (isTypedLess) return { level: "major", reason: "Code that reads a field by any name no longer compiles." };
  if (isLess && to === false) {
    return {
      level: "major",
      reason: "A field that the server adds tomorrow would be refused: what comes has to stay open.",
    };
  }
  return {
    level: "minor",
    reason: "What comes may hold more fields, and code that reads the known ones stays as it is.",
  };
}

function rateDefault(from: unknown, { isSent }: SchemaUse): Rating {
  if (!isSent) return { level: "patch", reason: "Nothing that comes is filled in: a default is documentation there." };
  return from === undefined
    ? { level: "minor", reason: "What the server takes where nothing is sent is known from now on." }
    : { level: "major", reason: "A call that leaves the value out does something else from now on." };
}

/** Deprecating is a minor change by Semantic Versioning 2.0.0, item 7. */
export function rateDeprecation(to: unknown): Rating {
  return to === true
    ? { level: "minor", reason: "It is deprecated, which users have to learn before it goes." }
    : { level: "patch", reason: "It is no longer deprecated." };
}

/** Of `readOnly` where users write, and of `writeOnly` where they read, the field goes; elsewhere it may only be marked. */
function rateAccess(isRestricted: boolean, isGone: boolean): Rating {
  if (isGone) {
    return isRestricted
      ? { level: "major", reason: "The field is not there any more in this direction." }
      : { level: "minor", reason: "The field is there in this direction as well." };
  }
  return isRestricted
    ? { level: "major", reason: "Code that assigns to the field no longer compiles." }
    : { level: "minor", reason: "Code may assign to the field." };
}

function setOf(value: unknown): ReadonlySet<string> | undefined {
  return value === undefined ? undefined : new Set([value].flat().map(String));
}

/** The values that `enum` and `const` leave. */
function setOfValues({ enum: values, const: value }: JsonObject): ReadonlySet<string> | undefined {
  if (value !== undefined) return new Set([canonical(value)]);
  return Array.isArray(values) ? new Set(values.map(canonical)) : undefined;
}

/** Of what is demanded, more allows less. */
function opposedSets(before: ReadonlySet<string> = new Set(), after: ReadonlySet<string> = new Set()): Shift {
  return shiftOfSets(after, before);
}

function shiftOfPresence(from: unknown, to: unknown): Shift {
  if (from === undefined) return "narrower";
  return to === undefined ? "wider" : "other";
}

const WIDER_FORMATS: Readonly<Record<string, string>> = { int32: "int64", float: "double" };

function shiftOfFormats(from: unknown, to: unknown): Shift {
  if (typeof from !== "string" || typeof to !== "string") return shiftOfPresence(from, to);
  if (WIDER_FORMATS[from] === to) return "wider";
  return WIDER_FORMATS[to] === from ? "narrower" : "other";
}

function shiftOfMultiples(from: unknown, to: unknown): Shift {
  if (typeof from !== "number" || typeof to !== "number") return shiftOfPresence(from, to);
  if (isMultiple(to, from)) return "narrower";
  return isMultiple(from, to) ? "wider" : "other";
}

/** By the quotient, since a remainder of fractions is not exact. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
