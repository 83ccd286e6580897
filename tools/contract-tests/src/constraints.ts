import { BREAKERS, LIMITS, type Mutation, mutationsOf, replaceAt, type SchemaContext } from "./mutations.ts";
import { formatPath, type Path, type Violation } from "./validator.ts";

/** A value that breaks one constraint of a schema and no other. */
export interface BrokenValue {
  /** The place and the keyword, such as `events.0: enum`. */
  readonly name: string;
  readonly value: unknown;
  readonly location: Path;
  readonly code: string;
  /** A name that the refusal has to hold, where the location is that of the object around it. */
  readonly mentions?: string;
  /** Everything that is wrong with the value, as `location: code`: at one place, or below one `anyOf`. */
  readonly violations: readonly string[];
}

/** The constraints of a schema. */
export interface Constraints {
  readonly broken: readonly BrokenValue[];
  /** The names of those that no value was found for. */
  readonly unbroken: readonly string[];
}

export interface ConstraintOptions extends SchemaContext {
  /** Values that the schema accepts. Together they should hold every property. */
  readonly bases: readonly unknown[];
  /** Whether a value can be sent at a place: not all can stand in a URL. */
  readonly isSendable?: (value: unknown, location: Path) => boolean;
}

/** Breaks each constraint of a schema by itself, at every depth that a base value reaches. */
export function breakEach(options: ConstraintOptions): Constraints {
  const broken = new Map<string, BrokenValue>();
  const unbroken = new Map<string, string>();
  for (const base of options.bases) {
    for (const mutation of mutationsOf(options, base, BREAKERS)) {
      if (broken.has(mutation.key)) continue;
      const result = breakOne(options, mutation, base);
      if (result !== undefined) {
        broken.set(mutation.key, result);
        unbroken.delete(mutation.key);
      } else if (isBreakable(mutation, options)) {
        unbroken.set(mutation.key, nameOf(mutation));
      }
    }
  }
  return { broken: withDistinctNames([...broken.values()]), unbroken: [...unbroken.values()] };
}

/** A value that just keeps to a constraint: at a limit, or one of those that are listed. */
export type LimitValue = Pick<BrokenValue, "name" | "value">;

/** For each limit and each listed value of a schema, a value that the schema accepts and a narrower one would not. */
export function keepEach(options: ConstraintOptions): LimitValue[] {
  const kept = new Map<string, LimitValue>();
  for (const base of options.bases) {
    for (const mutation of mutationsOf(options, base, LIMITS)) {
      if (kept.has(mutation.key)) continue;
      const values = mutation.candidates.map((candidate) => replaceAt(base, mutation.location, candidate));
      const value = values.find((each) => options.validate(options.schema, each).length === 0);
      if (value !== undefined) kept.set(mutation.key, { name: nameOf(mutation), value });
    }
  }
  return withDistinctNames([...kept.values()]);
}

function breakOne(
  { schema, validate, isSendable = () => true }: ConstraintOptions,
  mutation: Mutation,
  base: unknown,
): BrokenValue | undefined {
  const { location, keyword, detail, scope = location } = mutation;
  const reachesBelow = mutation.scope !== undefined || keyword === "anyOf" || keyword === "oneOf";
  const tries = mutation.candidates.flatMap((candidate) => {
    if (!isSendable(candidate, location)) return [];
    const value = replaceAt(base, location, candidate);
    const violations = validate(schema, value);
    const isHit = isFound(violations, { location, code: keyword });
    const isPure = violations.every((violation) => isWithin(violation, scope, reachesBelow));
    return isHit && isPure ? [{ value, violations: asTexts(violations) }] : [];
  });
  // The value with the fewest violations.
  const [best] = tries.toSorted((a, b) => a.violations.length - b.violations.length);
  if (best === undefined) return undefined;
  const mentions = keyword === "required" || keyword.endsWith("Properties") ? detail : undefined;
  return { name: nameOf(mutation), location, code: keyword, ...best, ...(mentions === undefined ? {} : { mentions }) };
}

/** Whether one of the violations is of this place and this keyword. */
export function isFound(violations: readonly Violation[], { location, code }: Pick<BrokenValue, "location" | "code">) {
  return violations.some((each) => each.code === code && formatPath(each.location) === formatPath(location));
}

function isWithin({ location }: Violation, scope: Path, reachesBelow: boolean): boolean {
  return (reachesBelow || location.length === scope.length) && scope.every((key, index) => location[index] === key);
}

/** A format may be a mere annotation, and another branch of an `anyOf` may lift a constraint. */
function isBreakable({ keyword, scope, candidates, location }: Mutation, { isSendable }: ConstraintOptions): boolean {
  return (
    keyword !== "format" && scope === undefined && candidates.some((value) => isSendable?.(value, location) ?? true)
  );
}

/** Two branches, or two parts of an `allOf`, may constrain one place alike. */
function withDistinctNames<T extends LimitValue>(all: readonly T[]): T[] {
  const seen = new Map<string, Set<string>>();
  return all.flatMap((one) => {
    const values = seen.get(one.name) ?? new Set();
    const text = JSON.stringify(one.value);
    if (values.has(text)) return [];
    seen.set(one.name, values.add(text));
    return [values.size === 1 ? one : { ...one, name: `${one.name} (${values.size})` }];
  });
}

function nameOf({ location, keyword, detail }: Mutation): string {
  return `${formatPath(location)}: ${keyword}${detail === undefined ? "" : ` (${detail})`}`;
}

/** The distinct violations, in an order that does not depend on the validator. */
function asTexts(violations: readonly Violation[]): string[] {
  return [...new Set(violations.map(({ location, code }) => `${formatPath(location)}: ${code}`))].toSorted();
}
