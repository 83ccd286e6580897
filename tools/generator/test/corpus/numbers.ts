import { json, type Kind, object, operation } from "./kind.ts";

const created = (schema: object, more: object): Kind["document"] => ({
  paths: {
    "/ledgers": { post: operation("ledgers.create", { requestBody: { required: true, ...json(schema, more) } }) },
  },
});
const int64 = { type: "integer", format: "int64", minimum: Number("-9223372036854775808") };

/** Bounds of 64-bit integers, which need not be exact, and numbers with an exponent. */
export const largeNumbers: Kind = {
  document: created(object({ total: int64, ratio: { type: "number" } }), {
    example: { total: 2 ** 53 - 1, ratio: 1e300 },
  }),
  bodies: { LedgersCreateBody: { valid: [{ total: -5, ratio: 1e-3 }], invalid: [{ total: 0.5, ratio: 1 }] } },
};

/** `JSON.stringify` would round it, so the document of this kind is text: see `text`. */
export const inexactInteger: Kind = {
  document: created(object({ total: int64 }), { examples: { big: { value: { total: "NUMBER" } } } }),
  text: (document) => document.replace(`"NUMBER"`, "9007199254740993"),
  refused: { rule: "exact-integers", message: /no number 9007199254740993.*9007199254740992/, line: `"total": 9007` },
};
