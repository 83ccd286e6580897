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
    message: /query parameter `where` holds a list or an object as `size`.*as a string/,
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
          parameters: [{ name: "X-Ids", in: "header", schema: { type: "array", items: text } }],
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
