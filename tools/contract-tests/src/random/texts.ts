import * as fc from "fast-check";
import type { SchemaObject } from "../schema.ts";

/** Strings longer than their minimum by more than this say nothing new. */
const SPREAD = 40;

const instant = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "date-time": instant,
  date: instant.map((text) => text.slice(0, 10)),
  time: instant.map((text) => text.slice(11)),
  email: fc.emailAddress(),
  hostname: fc.domain(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uri: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  uuid: fc.uuid(),
};

/** Makes strings that a schema accepts, or nothing where it cannot: `unable` is told the keyword. */
export function texts(schema: SchemaObject, unable: (keyword: string) => never): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const limits = { minLength, maxLength: Math.min(maxLength, minLength + SPREAD) };
  const fits = (text: string): boolean => {
    const length = Array.from(text).length;
    return length >= minLength && length <= maxLength;
  };
  if (format !== undefined) {
    const formatted = FORMATS[format];
    if (formatted === undefined) return unable(`format: ${format}`);
    if (pattern !== undefined) return unable("pattern beside format");
    return formatted.filter(fits);
  }
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern, "u"), { maxLength: limits.maxLength }).filter(fits);
    } catch {
      return unable(`pattern: ${pattern}`);
    }
  }
  // As people write, here and elsewhere, and anything.
  return fc.oneof(
    fc.string({ unit: "grapheme-ascii", ...limits }),
    fc.string({ unit: "grapheme", ...limits }).filter(fits),
    fc.string({ unit: "binary", ...limits }),
  );
}
