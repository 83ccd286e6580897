import { json, type Kind, object, operation, ref } from "./kind.ts";

/** A document with an operation that sends JSON. */
const sent = (schema: object, more: object = {}): Kind["document"] => ({
  paths: { "/slips": { post: operation("slips.create", { requestBody: { required: true, ...json(schema) } }) } },
  ...more,
});
const text = { type: "string" };

/** A line with the wrong indentation: everything beside the `$ref` is ignored. */
export const siblingsOfReference: Kind = {
  document: {
    paths: {
      "/slips": {
        get: operation("slips.get", {
          responses: {
            200: { description: "A slip.", ...json(text), 401: null, $ref: "#/components/responses/Refused" },
          },
        }),
      },
    },
    components: { responses: { Refused: { description: "Refused.", ...json(object({ message: text })) } } },
  },
  refused: {
    rule: "lost-content",
    message: /^OpenAPI reads the `\$ref` alone, .*: `401`, `content`\. Correct the indentation/,
    line: `"401": null`,
  },
};

/** A misspelt `$ref`. */
export const referenceWithoutDollar: Kind = {
  document: sent(object({ note: { ref: "#/components/schemas/Slip" } })),
  refused: {
    rule: "struct",
    message: /^Property `ref` is not expected here\. A reference is a `\$ref`\.$/,
    line: `"ref"`,
  },
};

/** Limits that no value keeps. */
export const limitsThatExclude: Kind = {
  document: sent(ref("Slip"), {
    components: { schemas: { Slip: object({ size: { type: "integer", minimum: 5, maximum: 1 } }) } },
  }),
  refused: { rule: "schema-limits", message: /^No value has both: `minimum: 5`, `maximum: 1`\./, line: `"minimum": 5` },
};

/** A default that is none of the values. */
export const wrongDefault: Kind = {
  document: sent(object({ colour: { ...text, enum: ["red", "blue"], default: "green" } })),
  refused: {
    rule: "defaults",
    message:
      /^The default breaks its schema: expected one of "red", "blue", and not "green"\. Correct one of the two\.$/,
    line: `"default": "green"`,
  },
};

const slip = { name: "slipId", in: "path", description: "A slip.", schema: text };
const read = (parameter: object): Kind["document"] => ({
  paths: { "/slips/{slipId}": { get: operation("slips.get", { parameters: [parameter] }) } },
});

/** A text in place of a boolean: the parameter is there all the same. */
export const malformedParameter: Kind = {
  document: read({ ...slip, required: "true" }),
  refused: {
    rule: "struct",
    message: /^Expected type `boolean` but got `string`\. Compare/,
    line: `"required": "true"`,
  },
};

/** A path parameter that two operations share. */
export const optionalPathParameter: Kind = {
  document: {
    paths: {
      "/slips/{slipId}": {
        get: operation("slips.get", { parameters: [{ $ref: "#/components/parameters/Slip" }] }),
        delete: operation("slips.delete", { parameters: [{ $ref: "#/components/parameters/Slip" }] }),
      },
    },
    components: { parameters: { Slip: { ...slip, required: false } } },
  },
  refused: { rule: "path-parameter-required", message: /`slipId`.*Correct it\.$/, line: `"required": false` },
};

/** An operation that would be a command which is written by hand. */
export const nameOfCommand: Kind = {
  document: { paths: { "/profiles": { get: operation("profiles.list") } } },
  refused: {
    rule: "command-names",
    message:
      /^`profiles\.list` would be the command `mindbridge profiles list`, and the command line has one of that name/,
    line: `"operationId": "profiles.list"`,
  },
};
