import { type Kind, object, operation } from "./kind.ts";

const within = (path: string, parameter: object): Kind["document"] => ({
  paths: { [path]: { get: operation("tables.list", { parameters: [{ description: "Which.", ...parameter }] }) } },
});
const text = { type: "string" };

/** Parameters that hold more than the client, or any style of OpenAPI, can write. */
export const nestedDeepObject: Kind = {
  document: within("/tables", {
    name: "where",
    in: "query",
    style: "deepObject",
    schema: object({ size: object({ least: text }) }),
  }),
  refused: {
    rule: "parameter-support",
    message:
      /query parameter `where` holds a list or an object as `size`.*as a string, such as JSON, or as .* `where\[size\]`\./,
    line: `"size": {`,
  },
};
export const listOfObjects: Kind = {
  document: within("/tables", {
    name: "where",
    in: "query",
    schema: { type: "array", items: object({ least: text }) },
  }),
  refused: { rule: "parameter-support", message: /`where` holds lists or objects in it/, line: `"items": {` },
};
export const objectInPath: Kind = {
  document: within("/tables/{key}", { name: "key", in: "path", required: true, schema: object({ part: text }) }),
  refused: { rule: "parameter-support", message: /path parameter `key` holds an object/, line: `"schema": {` },
};
export const labelInPath: Kind = {
  document: within("/tables/{key}", { name: "key", in: "path", required: true, style: "label", schema: text }),
  refused: { rule: "parameter-support", message: /style `simple`, without `explode`.*`key`/, line: `"style": "label"` },
};
export const objectInHeader: Kind = {
  document: within("/tables", { name: "X-Where", in: "header", schema: object({ part: text }) }),
  refused: { rule: "parameter-support", message: /header parameter `X-Where` holds an object/, line: `"schema": {` },
};

/** A list in a header that may be left out: Prism by itself would end at a request without it. */
export const optionalHeaderList: Kind = {
  document: {
    paths: {
      "/sheets": {
        get: operation("sheets.list", {
          parameters: [
            { name: "X-Ids", in: "header", schema: { type: "array", items: { ...text, enum: ["a", "b"] } } },
          ],
        }),
      },
    },
  },
  calls: [
    { operation: "sheets.list", arguments: [], sends: { headers: { "x-ids": null } } },
    {
      operation: "sheets.list",
      arguments: [{ headers: { "X-Ids": ["a", "b"] } }],
      sends: { headers: { "x-ids": "a, b" } },
    },
  ],
};

/** Names that Prism by itself does not check, or ends at; a tuple in the query; and a header by which Prism is asked for an answer. */
export const unusualParameters: Kind = {
  document: {
    paths: {
      "/plots/{constructor}": {
        get: operation("plots.list", {
          parameters: [
            { name: "constructor", in: "path", required: true, schema: { type: "string", minLength: 2 } },
            { name: "page[number]", in: "query", schema: { type: "integer", minimum: 1 } },
            { name: "sent<", in: "query", schema: { type: "string", format: "date" } },
            { name: "from", in: "query", schema: text },
            {
              name: "near",
              in: "query",
              explode: false,
              schema: {
                type: "array",
                prefixItems: [{ type: "number" }, { type: "number" }],
                items: false,
                minItems: 2,
              },
            },
          ],
        }),
        post: operation("plots.query", {
          parameters: [
            { name: "constructor", in: "path", required: true, schema: text },
            {
              name: "Prefer",
              in: "header",
              schema: { type: "string", enum: ["return=minimal", "return=representation"] },
            },
          ],
        }),
      },
    },
  },
  calls: [
    {
      operation: "plots.list",
      arguments: ["ab", { query: { "page[number]": 1, "sent<": "2026-03-03", from: "a", near: [52.5, 13.4] } }],
      answer: { status: 204 },
      sends: { url: "/plots/ab?page%5Bnumber%5D=1&sent%3C=2026-03-03&from=a&near=52.5,13.4" },
    },
    {
      operation: "plots.query",
      arguments: ["ab", { headers: { Prefer: "return=minimal" } }],
      answer: { status: 204 },
      sends: { headers: { prefer: "return=minimal" } },
    },
  ],
};
