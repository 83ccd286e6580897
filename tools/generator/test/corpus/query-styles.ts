import { type Kind, object, operation } from "./kind.ts";

const list = (name: string, more: object = {}) => ({
  name,
  in: "query",
  schema: { type: "array", items: { type: "string" } },
  ...more,
});

/** Parameters that would have one flag, also with `--query-` before it. */
const alike = (more: object) => ["a", "$a", "[a]"].map((name) => list(name, more));

/** One that has no flag, and without which the command cannot call the operation. */
export const oneFlagTwice: Kind = {
  document: { paths: { "/flags": { get: operation("flags.list", { parameters: alike({ required: true }) }) } } },
  refused: {
    rule: "flag-names",
    message: /no flag for the query parameter `\[a\]`: another .* Give it an `x-flag-name`/,
    line: `"name": "[a]"`,
  },
};

/** One that has no flag, and without which the command works. */
export const optionalWithoutFlag: Kind = {
  document: { paths: { "/flags": { get: operation("flags.list", { parameters: alike({}) }) } } },
  warnings: [{ rule: "flag-names", message: /no flag for the query parameter `\[a\]`/, line: `"name": "[a]"` }],
  flags: { "flags list": ["--a", "--query-a"] },
};

/** A name for a flag that no flag can have. */
export const flagOfOtherCharacters: Kind = {
  document: {
    paths: { "/flags": { get: operation("flags.list", { parameters: [list("a", { "x-flag-name": "A b" })] }) } },
  },
  refused: { rule: "flag-names", message: /`A b` has other characters/, line: `"x-flag-name": "A b"` },
};

const date = (name: string, more: object = {}) => list(name, { schema: { type: "string" }, ...more });

/** Parameters that have the same letters, and flags of names that the document gives. */
export const flagNames: Kind = {
  document: {
    paths: {
      "/calls": {
        get: operation("calls.list", {
          parameters: [
            date("DateSent"),
            date("DateSent<", { "x-flag-name": "sent-before" }),
            date("DateSent>", { "x-flag-name": "sent-after" }),
          ],
        }),
      },
    },
  },
  flags: { "calls list": ["--date-sent", "--sent-before", "--sent-after"] },
};

/** Lists and objects in the query and in a header. */
export const queryStyles: Kind = {
  document: {
    paths: {
      "/styles": {
        get: operation("styles.list", {
          parameters: [
            list("exploded"),
            list("commas", { explode: false }),
            list("spaces", { style: "spaceDelimited" }),
            list("pipes", { style: "pipeDelimited" }),
            { name: "range", in: "query", schema: object({ from: { type: "integer" }, to: { type: "integer" } }) },
            {
              name: "filter",
              in: "query",
              style: "deepObject",
              schema: object({ state: { type: "string" } }),
            },
            { name: "X-Ids", in: "header", schema: { type: "array", items: { type: "string" } } },
          ],
        }),
      },
    },
  },
  program: `
import { MindBridge } from "@mindbridge-sdk/client";
const client = new MindBridge({ tenant: "acme", token: "secret" });
void client.styles.list({ query: { commas: ["a"] }, headers: { "X-Ids": ["a", "b"] } });
// @ts-expect-error A list.
void client.styles.list({ query: { pipes: "a" } });
`,
  calls: [
    {
      operation: "styles.list",
      arguments: [
        {
          query: {
            exploded: ["a", "b"],
            commas: ["a,b", "c"],
            spaces: ["a", "b c"],
            pipes: ["a", "b"],
            range: { from: 1, to: 2 },
            filter: { state: "open" },
          },
          headers: { "X-Ids": ["a", "b"] },
        },
      ],
      answer: { status: 204 },
      sends: {
        url: "/styles?exploded=a&exploded=b&commas=a%2Cb,c&spaces=a%20b%20c&pipes=a%7Cb&from=1&to=2&filter%5Bstate%5D=open",
        headers: { "x-ids": "a, b" },
      },
    },
    {
      operation: "styles.list",
      // Prism takes an object that is not sent for an empty one.
      mocked: false,
      arguments: [{ query: { commas: [], pipes: undefined } }],
      answer: { status: 204 },
      sends: { url: "/styles" },
    },
  ],
};

/** Names in the query that hold what separates its parts, or what no query may hold. */
export const encodedNames: Kind = {
  document: {
    paths: {
      "/encodings": {
        get: operation("encodings.list", {
          parameters: [
            ...["a&b", "c#d", "e+f"].map((name) => list(name, { schema: { type: "string" } })),
            list("page[size]", { schema: { type: "integer" } }),
            {
              name: "labels",
              in: "query",
              style: "deepObject",
              schema: { type: "object", additionalProperties: { type: "string" } },
            },
          ],
        }),
      },
    },
  },
  calls: [
    {
      operation: "encodings.list",
      arguments: [{ query: { "a&b": "1&2", "c#d": "3", "e+f": "4+5", "page[size]": 6, labels: { "x&y=z": "7" } } }],
      answer: { status: 204 },
      sends: { url: "/encodings?a%26b=1%262&c%23d=3&e%2Bf=4%2B5&page%5Bsize%5D=6&labels%5Bx%26y%3Dz%5D=7" },
    },
  ],
};

/** Lists in the query that Prism does not read as they are sent, or does not check, and one that is deprecated. */
export const queryLists: Kind = {
  document: {
    paths: {
      "/readings": {
        get: operation("readings.list", {
          parameters: [
            {
              name: "near",
              in: "query",
              style: "spaceDelimited",
              required: true,
              schema: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 3 },
            },
          ],
        }),
      },
      "/gauges": {
        get: operation("gauges.list", {
          parameters: [
            list("currency[in]", { schema: { type: "array", items: { type: "string", pattern: "^[A-Z]{3}$" } } }),
            { name: "size", in: "query", schema: { type: "integer", minimum: 1 }, deprecated: true },
            { name: "page", in: "query", schema: { type: "integer", minimum: 1 } },
          ],
        }),
      },
    },
  },
  calls: [
    {
      operation: "readings.list",
      mocked: false,
      arguments: [{ query: { near: [1.5, -2] } }],
      sends: { url: "/readings?near=1.5%20-2" },
    },
  ],
};

/** JSON in the query, of which openapi-typescript has no type. */
export const queryContent: Kind = {
  document: {
    paths: {
      "/contents": {
        get: operation("contents.list", {
          parameters: [{ name: "where", in: "query", content: { "application/json": { schema: { type: "object" } } } }],
        }),
      },
    },
  },
  refused: { rule: "parameter-support", message: /by its `schema`.*`where`/, line: '"content": {' },
};

const styled = (style: string, schema: object): Kind => ({
  document: {
    paths: { "/piles": { get: operation("piles.list", { parameters: [list("sizes", { style, schema })] }) } },
  },
  refused: {
    rule: "parameter-support",
    message: /^The client writes an? \w+ in the style `\w+`, and `sizes` is an? \w+\. Describe it in the style/,
    line: `"style": "${style}"`,
  },
});

/** Values for which OpenAPI defines no style, or which Prism does not read in it. */
export const pipedObject: Kind = styled("pipeDelimited", object({ least: { type: "integer" } }));
export const deepList: Kind = styled("deepObject", { type: "array", items: { type: "integer" } });
