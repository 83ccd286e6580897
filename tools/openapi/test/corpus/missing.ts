import { type Edit, edits } from "../../src/index.ts";
import { CREATE, LIST, REQUEST, RESPONSE, SCHEMAS, schemaRef } from "./places.ts";

const { set } = edits;

/** Fields of each kind, in what is sent and in what comes. */
const FIELDS: readonly Edit[] = [
  set(`${REQUEST}/properties/comment`, { type: "string", maxLength: 100 }),
  set(`${REQUEST}/properties/score`, { type: "number", multipleOf: 5 }),
  set(`${REQUEST}/properties/code`, { type: "string", pattern: "^[A-Z]+$" }),
  set(`${RESPONSE}/properties/tags`, { type: "array", items: { type: "string" }, minItems: 1, maxItems: 100 }),
  set(`${REQUEST}/dependentRequired`, { comment: ["score"] }),
  set(`${SCHEMAS}/Address`, {
    type: "object",
    required: ["city"],
    properties: { city: { type: "string" }, zip: { type: "string" }, within: schemaRef("Address") },
  }),
  set(`${SCHEMAS}/Comment`, { type: "string", maxLength: 100 }),
  ...["Url", "Queue"].map((kind) =>
    set(`${SCHEMAS}/${kind}Target`, {
      type: "object",
      required: ["kind", "name"],
      properties: { kind: { type: "string" }, name: { type: "string", const: kind } },
    }),
  ),
  ...[REQUEST, RESPONSE].flatMap((schema) => [
    set(`${schema}/properties/address`, schemaRef("Address")),
    set(`${schema}/properties/anything`, true),
    set(`${schema}/properties/labels`, { type: "object", additionalProperties: { type: "string" } }),
    set(`${schema}/properties/note`, { type: ["string", "null"], maxLength: 100 }),
    set(`${schema}/properties/reviewer`, { readOnly: true, anyOf: [schemaRef("Address"), { type: "null" }] }),
    set(`${schema}/properties/settings`, { type: "object" }),
    set(`${schema}/properties/target`, { oneOf: [schemaRef("UrlTarget"), schemaRef("QueueTarget")] }),
  ]),
];

/** Operations with a query and headers, and one that is written among the components. */
const PATHS: readonly Edit[] = [
  set(LIST, {
    operationId: "webhooks.list",
    "x-source": "a test",
    "x-basis": "own-page",
    tags: ["webhooks"],
    summary: "List webhooks.",
    parameters: [
      { name: "sort", in: "query", schema: { type: "string", enum: ["name", "creationDate"] } },
      { name: "limit", in: "query", schema: { type: "integer", default: 10 } },
      { name: "X-Trace", in: "header", schema: { type: "string" } },
    ],
    responses: {
      "200": { description: "The webhooks.", content: { "application/json": { schema: schemaRef("WebhookList") } } },
    },
  }),
  set(`${SCHEMAS}/WebhookList`, {
    type: "object",
    required: ["items", "order"],
    properties: {
      items: { type: "array", items: schemaRef("Webhook") },
      order: { type: "string", enum: ["ascending", "descending"] },
      next: { type: ["string", "null"] },
    },
  }),
  set(`${CREATE}/parameters`, [{ name: "dryRun", in: "query", schema: { type: "boolean" } }]),
  set("/components/pathItems", {
    Key: {
      get: {
        operationId: "keys.get",
        "x-basis": "own-page",
        security: [{ oauth: ["read"] }],
        parameters: [
          { name: "keyId", in: "path", required: true, schema: { type: "string" } },
          { name: "format", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "200": { description: "The key.", content: { "application/json": { schema: { type: "string" } } } },
        },
      },
    },
  }),
  set("/paths/~1v1~1keys~1{keyId}", { $ref: "#/components/pathItems/Key" }),
  set("/components/securitySchemes/oauth", {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://mindbridge.example/token", scopes: { read: "Read." } } },
  }),
];

/** A delivery that stands for two types. */
const EXPORT: readonly Edit[] = [
  set(`${SCHEMAS}/ExportDelivery`, {
    type: "object",
    required: ["type", "data"],
    properties: {
      type: { type: "string", enum: ["export.ready", "export.failed"] },
      data: schemaRef("AnalysisFailure"),
    },
  }),
  set("/webhooks/export", {
    post: {
      operationId: "onExport",
      security: [],
      requestBody: { required: true, content: { "application/json": { schema: schemaRef("ExportDelivery") } } },
      responses: { "2XX": { $ref: "#/components/responses/DeliveryAccepted" } },
    },
  }),
];

/** Adds what the document has no case of, such as a query and a closed list of values in an answer. */
export const MISSING: readonly Edit[] = [...FIELDS, ...PATHS, ...EXPORT];
