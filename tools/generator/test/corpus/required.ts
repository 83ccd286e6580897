import { json, type Kind, object, operation, ref } from "./kind.ts";

const posted = (path: string, id: string, schema: object) => ({
  [path]: { post: operation(id, { requestBody: { required: true, ...json(schema) } }) },
});
const text = { type: "string" };

/** Properties that are required where another schema of the same value describes them, or where any name is allowed. */
export const requiredElsewhere: Kind = {
  document: {
    paths: {
      ...posted("/cards", "cards.create", {
        allOf: [ref("CardBase"), { required: ["number"], properties: { code: text } }],
        anyOf: [{ required: ["code"] }, { required: ["holder"] }],
        not: { required: ["pin"] },
        if: { required: ["pan"] },
        else: { required: ["holder"] },
      }),
      ...posted("/stamps", "stamps.create", { type: "object", required: ["red"], additionalProperties: text }),
      ...posted("/seals", "seals.create", { type: "object", required: ["x-red"], patternProperties: { "^x-": text } }),
    },
    components: { schemas: { CardBase: { type: "object", properties: { number: text, holder: text } } } },
  },
};

/** The generated type does not have the property. */
export const requiredUndescribed: Kind = {
  document: {
    paths: posted("/bills", "bills.create", { type: "object", required: ["sum"], properties: { note: text } }),
  },
  warnings: [
    {
      rule: "required-properties",
      message:
        /^`required` names `sum`, which no property of the schema is called\. Describe it, or do not require it\.$/,
      line: `"sum"`,
    },
    { rule: "samples", message: /what is made breaks `required` at `\/sum`/, line: `"schema": {` },
  ],
};

export const requiredMisspelt: Kind = {
  document: { paths: posted("/guests", "guests.create", object({ name: text, note: text }, { required: ["nmae"] })) },
  refused: {
    rule: "required-properties",
    message: /^`required` names `nmae`, which no property of the schema is called\. Did you mean `name`\?$/,
    line: `"nmae"`,
  },
};
