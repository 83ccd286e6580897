import { type Document, openEnumName } from "@mindbridge-sdk/generator/document";
import type { Rating } from "./change.ts";
import { canonical, follow, isEqual, isObject, type JsonObject } from "./json.ts";
import { ratingOfRead, ratingOfSent, type Shift, shiftOfBounds, shiftOfSets, type Visibility } from "./shift.ts";

/** A schema of each document at the same place, with the documents around them. */
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

/** What only people read. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "$comment",
]);

const LOWER_BOUNDS = new Set(["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties", "minContains"]);
const UPPER_BOUNDS = new Set(["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties", "maxContains"]);

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
  if (LOWER_BOUNDS.has(keyword)) return rate(shiftOfBounds("lower", from, to), "untyped");
  if (UPPER_BOUNDS.has(keyword)) return rate(shiftOfBounds("upper", from, to), "untyped");
  return {
    level: "major",
    reason: `How two values of \`${keyword}\` relate is not known, so that this is taken for a break.`,
  };
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
      if (isAdded) return { level: "minor", reason: use.isSent ? "A new field may be sent." : "A new field comes." };
      return {
        level: "major",
        reason: use.isSent
          ? "Code that sends the field no longer compiles, and may be refused."
          : "Code that reads the field no longer compiles.",
      };
    case "additionalProperties":
    case "unevaluatedProperties":
      return rateOpenness(owner.before?.[keyword], owner.after?.[keyword], use);
    case "items":
    case "allOf":
      return isAdded || use.isSent
        ? rate(isAdded ? "narrower" : "other", "typed")
        : { level: "major", reason: "What code reads there is gone from the type." };
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
      return rate(isAdded ? "narrower" : "wider", "untyped");
    case "discriminator":
      return rate(isAdded ? "same" : "other", "typed");
    default:
      return rate("other", "typed");
  }
}

/** What it means that a list of values becomes one that may grow, or the other way round. Nothing where neither is so. */
export function rateOpening(documents: readonly [Document, Document], { before, after }: SchemaPair, isSent: boolean) {
  const [wasOpen, isOpen] = [openEnumName(documents[0], before), openEnumName(documents[1], after)].map(
    (name) => name !== undefined,
  );
  if (wasOpen === isOpen) return undefined;
  const other = wasOpen ? after : before;
  if (setOfValues(other) === undefined && String(other.type) === "string" && Object.keys(other).length <= 2) {
    return {
      level: "minor",
      reason: "Any text was and is allowed; what changes is which values editors know.",
    } as const;
  }
  if (isSent) return ratingOfSent(isOpen ? "wider" : "narrower");
  return isOpen
    ? ({
        level: "major",
        reason: "A value may come that is not listed, and code that handles every listed one no longer compiles.",
      } as const)
    : ({
        level: "major",
        reason:
          "The list is closed: a newer value of the server is refused, and code that compares with one no longer compiles.",
      } as const);
}

/** What it means that a schema becomes one of several that are allowed, or the only one that is left. Nothing where neither is so. */
export function rateAlternatives(
  [base, revision]: readonly [Document, Document],
  { before, after }: SchemaPair,
  isSent: boolean,
): Rating | undefined {
  const own = meaning(base, before);
  const now = meaning(revision, after);
  const isAmong = (schema: unknown, document: Document, { anyOf, oneOf }: JsonObject): boolean =>
    [anyOf, oneOf]
      .flat()
      .some((each) => each !== undefined && isEqual(meaning(document, unwrap(document, each)), schema));
  const rate = (shift: Shift): Rating => (isSent ? ratingOfSent(shift) : ratingOfRead(shift, "typed"));
  if (isAmong(own, revision, after)) return rate("wider");
  return isAmong(now, base, before) ? rate("narrower") : undefined;
}

/** A schema as what it allows: what people read left out, and what can be written in two ways written in one. */
export function meaning(document: Document, schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const { $ref: reference } = schema;
  if (typeof reference === "string") {
    const own = Object.keys(schema).filter((key) => !isAnnotation(key));
    return own.length === 1 ? { $ref: reference } : normalised(document, schema);
  }
  return normalised(document, schema);
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/** Below these stand schemas by name, so that a key is no keyword. */
const MAPS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

function normalised(document: Document, schema: JsonObject): unknown {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (isAnnotation(key)) return [];
    if (MAPS.has(key) && isObject(value)) {
      return [[key, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, meaning(document, each)]))]];
    }
    if (key === "required" && Array.isArray(value))
      return value.length === 0 ? [] : [[key, value.map(String).toSorted(byText)]];
    if (key === "type") return [[key, [value].flat().map(String).toSorted(byText)]];
    if (key === "const") return [["enum", [canonical(value)]]];
    if (key === "enum" && Array.isArray(value)) return [[key, value.map(canonical).toSorted(byText)]];
    if (Array.isArray(value)) return [[key, value.map((each) => meaning(document, each))]];
    return [[key, isObject(value) ? meaning(document, value) : value]];
  });
  // An `allOf` of one, with nothing beside it, is that one.
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "allOf" && Array.isArray(only[1]) && only[1].length === 1)
    return only[1][0];
  return Object.fromEntries(entries);
}

/** The schema that stands there, through its `$ref`s and `allOf`s of one. */
export function unwrap(document: Document, schema: unknown): JsonObject | undefined {
  const { value } = follow(document, schema, "#");
  if (!isObject(value)) return undefined;
  const { allOf } = value;
  const own = Object.keys(value).filter((key) => !isAnnotation(key) && key !== "readOnly");
  return own.length === 1 && Array.isArray(allOf) && allOf.length === 1 ? unwrap(document, allOf[0]) : value;
}

export function isAnnotation(key: string): boolean {
  return ANNOTATIONS.has(key) || key.startsWith("x-");
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
  const accepts = (value: unknown): number => (value === false ? 0 : isObject(value) ? 1 : 2);
  const typed = (value: unknown): number => (value === true ? 2 : isObject(value) ? 1 : 0);
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
  if (to % from === 0) return "narrower";
  return from % to === 0 ? "wider" : "other";
}
