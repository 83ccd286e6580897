import { isDeepStrictEqual } from "node:util";
import type { Schema, SchemaObject } from "../schema.ts";

/** Says that a keyword is beyond what bodies can be made of. */
export type Unable = (keyword: string) => never;

type Combine = (a: never, b: never) => unknown;

const larger = Math.max;
const smaller = Math.min;

/** How one schema says what two say of the same value, by keyword. */
const COMBINE: Readonly<Record<string, Combine>> = {
  allOf: (a: Schema[], b: Schema[]) => [...a, ...b],
  required: (a: string[], b: string[]) => [...new Set([...a, ...b])],
  properties: (a: Record<string, Schema>, b: Record<string, Schema>) => ({
    ...a,
    ...Object.fromEntries(
      Object.entries(b).map(([name, schema]) => [name, name in a ? { allOf: [a[name], schema] } : schema]),
    ),
  }),
  enum: (a: unknown[], b: unknown[]) => a.filter((value) => b.includes(value)),
  type: (a: string | string[], b: string | string[]) => [a].flat().filter((type) => [b].flat().includes(type)),
  minLength: larger,
  minimum: larger,
  exclusiveMinimum: larger,
  minItems: larger,
  minProperties: larger,
  maxLength: smaller,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxItems: smaller,
  maxProperties: smaller,
};

/** One schema that accepts what both accept. `unable` is told the keyword that two schemas cannot share. */
export function merge(
  a: SchemaObject,
  b: SchemaObject,
  annotations: ReadonlySet<string>,
  unable: Unable,
): SchemaObject {
  const merged: Record<string, unknown> = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const before = merged[keyword];
    const combine = COMBINE[keyword];
    if (before === undefined || annotations.has(keyword) || isDeepStrictEqual(before, value)) merged[keyword] = value;
    else if (combine !== undefined) merged[keyword] = combine(before as never, value as never);
    else unable(`${keyword} in several parts of an allOf`);
  }
  return merged;
}
