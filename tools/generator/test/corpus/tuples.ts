import { json, type Kind, object, operation } from "./kind.ts";

const [text, count] = [{ type: "string" }, { type: "integer" }];

/** Lists whose first items are described one by one, with and without an end. */
export const tuples: Kind = {
  document: {
    paths: {
      "/rows": {
        post: operation("rows.create", {
          requestBody: {
            required: true,
            ...json(
              object({
                open: { type: "array", prefixItems: [text, count] },
                rest: { type: "array", prefixItems: [text], items: count, minItems: 1 },
                closed: { type: "array", prefixItems: [text, count], items: false, minItems: 2 },
              }),
            ),
          },
        }),
      },
    },
  },
  program: `
import type { RowsCreateBody } from "@mindbridge-sdk/client";
export const rows: RowsCreateBody[] = [
  { open: [], rest: ["a"], closed: ["a", 1] },
  { open: ["a", 1, true], rest: ["a", 1, 2], closed: ["a", 1] },
  // @ts-expect-error The rest are numbers.
  { open: [], rest: ["a", "b"], closed: ["a", 1] },
  // @ts-expect-error There is no third item.
  { open: [], rest: ["a"], closed: ["a", 1, 2] },
  // @ts-expect-error The first item has to be there.
  { open: [], rest: [], closed: ["a", 1] },
];
`,
  bodies: {
    RowsCreateBody: {
      valid: [
        { open: [], rest: ["a"], closed: ["a", 1] },
        { open: ["a", 1, true], rest: ["a", 1, 2], closed: ["a", 1] },
      ],
      invalid: [
        { open: [1], rest: ["a"], closed: ["a", 1] },
        { open: [], rest: ["a", "b"], closed: ["a", 1] },
        { open: [], rest: [], closed: ["a", 1] },
        { open: [], rest: ["a"], closed: ["a", 1, 2] },
      ],
    },
  },
};
