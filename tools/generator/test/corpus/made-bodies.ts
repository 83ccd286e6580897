import { json, type Kind, object, operation } from "./kind.ts";

const text = { type: "string" };

/** A body that has no example, so that mocks and tests make one. */
const both = (path: string, id: string, schema: object) => ({
  [path]: {
    post: operation(id, {
      requestBody: { required: true, ...json(schema) },
      responses: { 200: { description: "As it was sent.", ...json(schema) } },
    }),
  },
});

/** Bodies that ask for more than each of their parts does. */
export const madeBodies: Kind = {
  document: {
    paths: {
      ...both(
        "/postings",
        "postings.create",
        object({
          lines: {
            type: "array",
            items: object({ side: { enum: ["debit", "credit"] }, amount: { type: "integer", minimum: 1 } }),
            contains: object({ side: { const: "credit" } }),
          },
        }),
      ),
      ...both(
        "/quorums",
        "quorums.create",
        object({
          votes: {
            type: "array",
            minItems: 3,
            items: object({ yes: { type: "boolean" } }),
            contains: object({ yes: { const: true } }),
            minContains: 2,
          },
        }),
      ),
      ...both(
        "/handles",
        "handles.create",
        object({ handle: { ...text, minLength: 1, not: { enum: ["text", "root"] } } }),
      ),
      ...both("/sets", "sets.create", object({ tags: { type: "array", minItems: 2, uniqueItems: true, items: text } })),
      ...both(
        "/dictionaries",
        "dictionaries.create",
        object({
          words: {
            type: "object",
            minProperties: 2,
            propertyNames: { pattern: "^[a-z]{2,4}$" },
            additionalProperties: text,
          },
          marks: { type: "object", minProperties: 1, patternProperties: { "^x-[a-z]+$": { type: "integer" } } },
        }),
      ),
    },
  },
  bodies: {
    PostingsCreateBody: {
      valid: [{ lines: [{ side: "credit", amount: 1 }] }],
      invalid: [{ lines: [{ side: "debit", amount: 1 }] }, { lines: [{ side: "credit" }] }],
    },
  },
};

/** A body that needs an example: none is made of its pattern. */
export const unmadeBody: Kind = {
  document: {
    paths: {
      "/secrets": {
        post: operation("secrets.create", {
          requestBody: {
            required: true,
            ...json(object({ secret: { ...text, pattern: "^([0-9]{3})-\\1$" } })),
          },
        }),
      },
    },
  },
  warnings: [
    {
      rule: "samples",
      message: /breaks `pattern` at `\/secret`\. Give the schema an `example`/,
      line: `"schema": {`,
    },
  ],
};
