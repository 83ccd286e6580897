import { BREAKERS, type Change, LIMITS } from "./breakers.ts";
import { type Document, resolveSchema } from "./document.ts";
import { formatPath, replaceAt } from "./place.ts";
import { isRecord, type Path, type Schema, type SchemaObject } from "./schema.ts";
import type { Validate, Violation } from "./validator.ts";

/** A value that breaks one constraint of a schema and no other. */
export interface BrokenValue {
  /** The place and the keyword, such as `events.0: enum`. */
  readonly name: string;
  readonly value: unknown;
  readonly location: Path;
  readonly code: string;
  /** What the refusal has to name, where the location is that of the object around it. */
  readonly mentions?: string;
  /** Everything that is wrong with the value, as `location: code`: at one place, or below one `anyOf`. */
  readonly violations: readonly string[];
}

/** What was found of a schema's constraints. */
export interface Constraints {
  readonly broken: readonly BrokenValue[];
  /** Those that no value was found for, by name: each is worth a look. */
  readonly unbroken: readonly string[];
}

interface Found {
  readonly key: string;
  readonly location: Path;
  readonly keyword: string;
  /** The place of the outermost `anyOf` or `oneOf` around it: every branch has its say then. */
  readonly scope: Path | undefined;
  readonly detail?: string | undefined;
  readonly candidates: readonly unknown[];
}

type Sendable = (value: unknown, location: Path) => boolean;

export interface BreakOptions {
  readonly document: Document;
  readonly schema: Schema;
  /** Values that the schema accepts; together they should hold every property. */
  readonly bases: readonly unknown[];
  readonly validate: Validate;
  /** Whether a value can be sent at all at a place: not all can stand in a URL. */
  readonly sendable?: Sendable;
}

/** Keywords that refuse nothing by themselves, or whose inside is walked. */
const SILENT = new Set(
  `$ref $schema $id $anchor $defs $comment title description default examples example deprecated readOnly writeOnly
   xml externalDocs discriminator contentEncoding contentMediaType properties items prefixItems patternProperties allOf
   nullable definitions`.split(/\s+/),
);

/** Breaks each constraint of a schema, at every depth that a base value reaches, one at a time. */
export function breakEach({ document, schema, bases, validate, sendable = () => true }: BreakOptions): Constraints {
  const broken = new Map<string, BrokenValue>();
  const unbroken = new Map<string, string>();
  for (const base of bases) {
    for (const found of walk({ document, validate, changesOf: breakersOf }, schema, base)) {
      if (broken.has(found.key)) continue;
      const result = breakOne(found, base, schema, validate, sendable);
      if (result !== undefined) {
        broken.set(found.key, result);
        unbroken.delete(found.key);
      } else if (isWorthALook(found, sendable)) {
        unbroken.set(found.key, nameOf(found));
      }
    }
  }
  return { broken: withDistinctNames([...broken.values()]), unbroken: [...unbroken.values()] };
}

/** Two branches, or two parts of an `allOf`, may constrain one place alike. */
function withDistinctNames(broken: readonly BrokenValue[]): BrokenValue[] {
  const seen = new Map<string, Set<string>>();
  return broken.flatMap((one) => {
    const values = seen.get(one.name) ?? new Set();
    const text = JSON.stringify(one.value);
    if (values.has(text)) return [];
    seen.set(one.name, values.add(text));
    return [values.size === 1 ? one : { ...one, name: `${one.name} (${values.size})` }];
  });
}

/** Formats that only annotate, and constraints that another branch of an `anyOf` lifts, cannot be broken. */
function isWorthALook({ keyword, location, scope, candidates }: Found, sendable: Sendable): boolean {
  return keyword !== "format" && scope === undefined && candidates.some((value) => sendable(value, location));
}

function nameOf({ location, keyword, detail }: Found): string {
  return `${formatPath(location)}: ${keyword}${detail === undefined ? "" : ` (${detail})`}`;
}

function breakOne(
  found: Found,
  base: unknown,
  schema: Schema,
  validate: Validate,
  sendable: Sendable,
): BrokenValue | undefined {
  const { location, keyword, scope = location } = found;
  const place = formatPath(location);
  const tries = found.candidates.flatMap((candidate) => {
    const value = replaceAt(base, location, candidate);
    if (!sendable(candidate, location)) return [];
    const violations = validate(schema, value);
    const hit = violations.some((violation) => formatPath(violation.location) === place && violation.code === keyword);
    const elsewhere = violations.some(
      (violation) => !isWithin(violation, scope, found.scope !== undefined || isBranching(keyword)),
    );
    return hit && !elsewhere ? [{ value, violations: asTexts(violations) }] : [];
  });
  // The fewest things wrong is the purest.
  const [best] = tries.toSorted((a, b) => a.violations.length - b.violations.length);
  if (best === undefined) return undefined;
  const mentions = keyword === "required" || keyword.endsWith("Properties") ? found.detail : undefined;
  return { name: nameOf(found), location, code: keyword, ...best, ...(mentions === undefined ? {} : { mentions }) };
}

function isBranching(keyword: string): boolean {
  return keyword === "anyOf" || keyword === "oneOf";
}

function isWithin({ location }: Violation, scope: Path, below: boolean): boolean {
  return (below || location.length === scope.length) && scope.every((key, index) => location[index] === key);
}

/** The distinct violations, in an order that does not hang on the validator. */
function asTexts(violations: readonly Pick<Violation, "location" | "code">[]): string[] {
  return [...new Set(violations.map(({ location, code }) => `${formatPath(location)}: ${code}`))].toSorted();
}

/** A value that just keeps to a constraint: at a limit, or one of those that are listed. */
export interface LimitValue {
  readonly name: string;
  readonly value: unknown;
}

/** For each limit and each listed value of a schema, a value that the schema accepts and a narrower one would not. */
export function keepEach({ document, schema, bases, validate }: Omit<BreakOptions, "sendable">): LimitValue[] {
  const kept = new Map<string, LimitValue>();
  for (const base of bases) {
    for (const found of walk({ document, validate, changesOf: limitsOf }, schema, base)) {
      if (kept.has(found.key)) continue;
      const values = found.candidates.map((candidate) => replaceAt(base, found.location, candidate));
      const value = values.find((one) => validate(schema, one).length === 0);
      if (value !== undefined) kept.set(found.key, { name: nameOf(found), value });
    }
  }
  return [...kept.values()];
}

type ChangesOf = (keyword: string, schema: SchemaObject, value: unknown) => readonly Change[];

const breakersOf: ChangesOf = (keyword, schema, value) =>
  BREAKERS[keyword]?.(schema, value) ?? [{ candidates: ["?"], detail: "this keyword cannot be broken yet" }];
const limitsOf: ChangesOf = (keyword, schema, value) => LIMITS[keyword]?.(schema, value) ?? [];

interface Walk {
  readonly document: Document;
  readonly validate: Validate;
  readonly changesOf: ChangesOf;
}

function* walk(
  context: Walk,
  unresolved: Schema,
  value: unknown,
  location: Path = [],
  schemaPath = "",
  scope?: Path,
): Generator<Found> {
  const { document, validate, changesOf } = context;
  const schema = resolveSchema(document, unresolved);
  if (typeof schema === "boolean") return;
  for (const keyword of Object.keys(schema)) {
    if (SILENT.has(keyword) || keyword.startsWith("x-")) continue;
    for (const { detail, candidates } of changesOf(keyword, schema, value)) {
      if (candidates.length === 0) continue;
      yield { key: `${schemaPath}/${keyword}/${detail ?? ""}`, location, keyword, scope, detail, candidates };
    }
  }
  for (const part of partsOf(schema, value)) {
    // Only the branch that the value takes can be changed from it.
    if (part.branch && validate(part.schema, value).length > 0) continue;
    const inner = part.key === undefined ? value : (value as Readonly<Record<string, unknown>>)[part.key];
    const at = part.key === undefined ? location : [...location, part.key];
    const within = part.branch ? (scope ?? location) : scope;
    yield* walk(context, part.schema, inner, at, `${schemaPath}/${part.name}`, within);
  }
}

interface Part {
  readonly name: string;
  readonly schema: Schema;
  /** The property or item that it describes; none if it describes the value itself. */
  readonly key?: string;
  readonly branch?: boolean;
}

/** The schemas inside a schema that a value reaches. */
function* partsOf(schema: SchemaObject, value: unknown): Generator<Part> {
  for (const [index, part] of (schema.allOf ?? []).entries()) yield { name: `allOf/${index}`, schema: part };
  for (const keyword of ["anyOf", "oneOf"] as const) {
    for (const [index, part] of (schema[keyword] ?? []).entries()) {
      yield { name: `${keyword}/${index}`, schema: part, branch: true };
    }
  }
  if (isRecord(value)) {
    const patterns = Object.entries(schema.patternProperties ?? {});
    for (const key of Object.keys(value)) {
      const property = schema.properties?.[key];
      const matching = patterns.filter(([pattern]) => new RegExp(pattern, "u").test(key));
      if (property !== undefined) yield { name: `properties/${key}`, schema: property, key };
      for (const [pattern, part] of matching) yield { name: `patternProperties/${pattern}`, schema: part, key };
      if (property === undefined && matching.length === 0 && isRecord(schema.additionalProperties)) {
        yield { name: "additionalProperties", schema: schema.additionalProperties, key };
      }
    }
  }
  if (Array.isArray(value)) {
    for (const index of value.keys()) {
      const part = schema.prefixItems?.[index];
      if (part !== undefined) yield { name: `prefixItems/${index}`, schema: part, key: String(index) };
      else if (schema.items !== undefined) yield { name: "items", schema: schema.items, key: String(index) };
    }
  }
}
