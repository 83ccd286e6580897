import * as fc from "fast-check";

/**
 * The name of any property. Printable ASCII: one beyond Latin-1 ends Prism where the document declares a 400, a 422 or a
 * default response, or where a request has no token.
 */
export const anyName: fc.Arbitrary<string> = fc.string({ unit: "grapheme-ascii", maxLength: 12 });

/** Any text, beyond the basic plane too. */
const anyText: fc.Arbitrary<string> = fc.string({ unit: "binary" });

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthIdentifier: "json" },
    fc.constantFrom(null, true, false),
    fc.integer(),
    // Fractions that every validator reads alike, whatever its way of rounding.
    fc.integer().map((value) => value / 1024),
    anyText,
    fc.array(tie("json"), { maxLength: 4, depthIdentifier: "json" }),
    fc.dictionary(anyName, tie("json"), { maxKeys: 4, depthIdentifier: "json" }),
  ),
}));

/** Any JSON value. */
export const anyJson: fc.Arbitrary<unknown> = json;
