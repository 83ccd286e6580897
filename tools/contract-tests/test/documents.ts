import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Document, edited, edits, keepOnly, readDocument } from "@mindbridge-sdk/openapi";
import { afterAll } from "vitest";
import { REFERENCE } from "../src/reference.ts";

const { remove, set } = edits;

/** The document, with the operations and deliveries of the reference only. */
export async function publishedDocument(): Promise<Document> {
  return edited(await readDocument(), [keepOnly(REFERENCE)]);
}

/** Writes a document to a file in a folder of its own, which is removed after the tests of this file. */
export async function writeDocument(document: Document): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "contract-tests-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "openapi.json");
  await writeFile(path, JSON.stringify(document));
  return { folder, path };
}

const SOURCE = { "x-source": "Made up for this test", "x-basis": "own-page" };
const failures = {
  "401": { $ref: "#/components/responses/Unauthorized" },
  "404": { $ref: "#/components/responses/NotFound" },
  "409": {
    description: "Someone else changed it.",
    content: {
      "application/json": { schema: { $ref: "#/components/schemas/ErrorBody" }, example: { message: "Changed." } },
    },
  },
  "429": { $ref: "#/components/responses/TooManyRequests" },
  "5XX": { $ref: "#/components/responses/ServiceUnavailable" },
};
const webhook = {
  description: "The webhook.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Webhook" } } },
};

const webhookId = {
  name: "webhookId",
  in: "path",
  required: true,
  description: "The id of the webhook.",
  schema: { type: "string", pattern: "^[0-9a-f]{24}$" },
};

const update = {
  ...SOURCE,
  operationId: "hooks.update",
  tags: ["webhooks"],
  summary: "Replace a webhook.",
  requestBody: {
    description: "What it is to become.",
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          additionalProperties: false,
          required: ["name", "retries"],
          properties: {
            id: { type: "string", readOnly: true },
            name: { type: "string", minLength: 2, maxLength: 40, pattern: "^[A-Z]" },
            note: { type: ["string", "null"], maxLength: 10 },
            contact: { type: "string", format: "email" },
            since: { type: "string", format: "date-time" },
            retries: { type: "integer", format: "int32", minimum: 0, maximum: 9 },
            share: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
            step: { type: "integer", multipleOf: 5 },
            price: { type: "number", multipleOf: 0.01 },
            active: { type: "boolean" },
            mode: { const: "push" },
            labels: {
              type: "array",
              minItems: 1,
              maxItems: 3,
              uniqueItems: true,
              items: { type: "string", minLength: 1 },
            },
            headers: { type: "object", maxProperties: 3, additionalProperties: { type: "string", minLength: 1 } },
            filter: { $ref: "#/components/schemas/Filter" },
            target: {
              oneOf: [
                {
                  type: "object",
                  additionalProperties: false,
                  required: ["kind", "host"],
                  properties: { kind: { const: "host" }, host: { type: "string", minLength: 1 } },
                },
                {
                  type: "object",
                  additionalProperties: false,
                  required: ["kind", "port"],
                  properties: { kind: { const: "port" }, port: { type: "integer", minimum: 1 } },
                },
              ],
            },
          },
        },
      },
    },
  },
  responses: { "200": webhook, ...failures },
};

const rename = {
  ...SOURCE,
  operationId: "hooks.rename",
  tags: ["webhooks"],
  summary: "Rename a webhook.",
  requestBody: {
    description: "Its new name, if it is to have one.",
    content: {
      "application/json": {
        schema: {
          allOf: [
            { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 1 } } },
            { type: "object", properties: { reason: { type: "string", enum: ["typo", "other"] } } },
          ],
        },
      },
    },
  },
  responses: { "200": webhook, "202": { description: "Later." }, ...failures },
};

const deletion = {
  ...SOURCE,
  operationId: "hooks.delete",
  tags: ["webhooks"],
  summary: "Delete a webhook.",
  responses: { "204": { description: "It is gone." }, ...failures },
};

const list = {
  ...SOURCE,
  operationId: "hooks.list",
  tags: ["webhooks"],
  summary: "List webhooks.",
  parameters: [
    { name: "from", in: "query", required: true, schema: { type: "string", format: "date" } },
    { $ref: "#/components/parameters/PageSize" },
    { name: "Status", in: "query", schema: { $ref: "#/components/schemas/WebhookStatus" } },
    {
      name: "event",
      in: "query",
      schema: { type: "array", minItems: 2, items: { $ref: "#/components/schemas/WebhookEvent" } },
    },
    { name: "X-Trace", in: "header", required: true, schema: { type: "integer", minimum: 1 } },
  ],
  responses: {
    "200": {
      description: "Some webhooks.",
      content: {
        "application/json": {
          schema: {
            type: "object",
            required: ["items", "total"],
            properties: {
              items: { type: "array", items: { $ref: "#/components/schemas/Webhook" } },
              total: { type: "integer", minimum: 0 },
            },
          },
        },
      },
    },
    ...failures,
  },
};

const delivery = {
  ...SOURCE,
  tags: ["webhooks"],
  summary: "A user logged in.",
  security: [],
  parameters: [{ $ref: "#/components/parameters/DeliveryId" }],
  requestBody: {
    description: "The event, as signed.",
    required: true,
    content: {
      "application/json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/DeliveryEnvelope" },
            {
              type: "object",
              required: ["type", "data"],
              properties: {
                type: { type: "string", const: "user.login" },
                data: { type: "object", required: ["at"], properties: { at: { type: "string", format: "date-time" } } },
              },
            },
          ],
        },
      },
    },
  },
  responses: {
    "2XX": { $ref: "#/components/responses/DeliveryAccepted" },
    "4XX": { $ref: "#/components/responses/DeliveryRefused" },
  },
};

/** A schema that holds itself. */
const filter = {
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: {
    event: { $ref: "#/components/schemas/WebhookEvent" },
    all: { type: "array", items: { $ref: "#/components/schemas/Filter" } },
  },
};

const WEBHOOK = "/paths/~1v1~1webhooks~1{webhookId}";
const HOOK = "/paths/~1v1~1hooks~1{webhookId}";

/** The document with operations of every other form, and a delivery. */
export async function extendedDocument(): Promise<Document> {
  return edited(await publishedDocument(), [
    set("/paths/~1v1~1hooks", { get: list }),
    set(HOOK, { put: update, patch: rename, delete: deletion, parameters: [webhookId] }),
    // The parameter moves from the operations to their path.
    ...["get", "put", "delete"].map((method) => remove(`${WEBHOOK}/${method}/parameters`)),
    set(`${WEBHOOK}/parameters`, [webhookId]),
    set("/webhooks/user.login", { post: delivery }),
    set("/components/schemas/Filter", filter),
    set("/components/parameters/PageSize", {
      name: "pageSize",
      in: "query",
      schema: { type: "integer", minimum: 1, maximum: 100 },
      example: 20,
    }),
  ]);
}
