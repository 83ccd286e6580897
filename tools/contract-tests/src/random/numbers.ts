import * as fc from "fast-check";
import type { SchemaObject } from "../schema.ts";

const FORMATS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  float: [-Number.MAX_VALUE, Number.MAX_VALUE],
  double: [-Number.MAX_VALUE, Number.MAX_VALUE],
};

/** Makes numbers that a schema accepts, or nothing where it cannot: `unable` is told the keyword. */
export function numbers(
  schema: SchemaObject,
  isInteger: boolean,
  unable: (keyword: string) => never,
): fc.Arbitrary<number> {
  const { format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const [least, most] = FORMATS[format ?? "double"] ?? unable(`format: ${format}`);
  const min = Math.max(least, minimum ?? least, exclusiveMinimum ?? least);
  const max = Math.min(most, maximum ?? most, exclusiveMaximum ?? most);
  const minExcluded = min === exclusiveMinimum;
  const maxExcluded = max === exclusiveMaximum;
  if (!isInteger && multipleOf === undefined) {
    return fc.double({ min, max, minExcluded, maxExcluded, noNaN: true });
  }
  const step = multipleOf ?? 1;
  // What is a multiple of a fraction is a question of rounding, which validators answer in their own ways.
  if (!Number.isInteger(step)) return unable(`multipleOf: ${step}`);
  const first = Math.ceil(Math.max(min, Number.MIN_SAFE_INTEGER) / step);
  const last = Math.floor(Math.min(max, Number.MAX_SAFE_INTEGER) / step);
  return fc
    .integer({
      min: minExcluded && first * step === min ? first + 1 : first,
      max: maxExcluded && last * step === max ? last - 1 : last,
    })
    .map((factor) => factor * step);
}
