// What MindBridge publishes about the operations and deliveries of the contract, stated a second time, independently of
// the document. Review changes of it against the published pages: no other test knows them. A slip of the hand in the
// document differs from this reference. `mismatches.ts` lists where the document differs on purpose.
import type { Document, Schema, SchemaObject } from "@mindbridge-sdk/openapi";

const text = { type: "string" };
const dateTime = { type: "string", format: "date-time" };
const int32 = { type: "integer", format: "int32" };
const int64 = { type: "integer", format: "int64" };
const object = (properties: Record<string, Schema>): SchemaObject => ({ type: "object", properties });
const json = (schema: Schema): { content: Record<string, { schema: Schema }> } => ({
  content: { "application/json": { schema } },
});

/** In the order of the page. */
const EVENTS = [
  "EXPORT_READY",
  "FILE_MANAGER_FILE_ADDED",
  "DATA_ADDED",
  "INGESTION_COMPLETE",
  "INGESTION_FAILED",
  "ANALYSIS_COMPLETE",
  "ANALYSIS_FAILED",
  "UNMAPPED_ACCOUNTS",
  "ENGAGEMENT_CREATED",
  "ENGAGEMENT_UPDATED",
  "ENGAGEMENT_DELETED",
  "ANALYSIS_CREATED",
  "ANALYSIS_UPDATED",
  "ANALYSIS_DELETED",
  "ANALYSIS_ARCHIVED",
  "ANALYSIS_UNARCHIVED",
  "USER_INVITED",
  "USER_STATUS_UPDATED",
  "USER_ROLE_UPDATED",
  "USER_DELETED",
  "USER_LOGIN",
];
const STATUSES = ["ACTIVE", "INACTIVE"];
const LOG_STATUSES = ["IN_PROGRESS", "COMPLETED", "FAILED", "FAILED_PERMANENTLY", "DISCONNECTED"];

/** Requests hold listed values only. */
const closed = (values: readonly string[]): SchemaObject => ({ type: "string", enum: values });
/** Responses may hold other values too: the vendor renames them over time. */
const open = (values: readonly string[]): SchemaObject => ({ anyOf: [closed(values), text] });

const userInfo = {
  ...object({ userId: { ...text, readOnly: true }, userName: { ...text, readOnly: true } }),
  readOnly: true,
};
const audit = {
  creationDate: dateTime,
  lastModifiedDate: dateTime,
  createdUserInfo: userInfo,
  lastModifiedUserInfo: userInfo,
};

const webhook = object({
  id: text,
  version: int64,
  ...audit,
  name: text,
  url: text,
  technicalContactId: text,
  events: { type: "array", items: open(EVENTS) },
  publicKey: text,
  status: open(STATUSES),
  keyGenerationTimestamp: dateTime,
});

const log = object({
  id: {},
  version: int64,
  ...audit,
  status: open(LOG_STATUSES),
  webhookId: {},
  attemptStartDate: dateTime,
  url: text,
  eventType: text,
  requestHeaders: { type: "object" },
  requestBody: text,
  responseStatusCode: int32,
  responseHeaders: { type: "object" },
  responseTimeSec: { type: "number", format: "float" },
  retryCount: int32,
  requestId: {},
});

/** What can be changed of a webhook. */
const editable = {
  name: { type: "string", minLength: 1 },
  url: { type: "string", minLength: 1 },
  technicalContactId: text,
  events: { type: "array", minItems: 1, maxItems: 2_147_483_647 },
};

/** The properties of a page, whose names alone are published. */
const pageSort = { properties: { empty: {}, unsorted: {}, sorted: {} } };
const page = (item: Schema): SchemaObject => ({
  properties: {
    pageNumber: {},
    totalPages: {},
    content: { type: "array", items: item },
    numberOfElements: {},
    totalElements: {},
    pageable: { properties: { pageNumber: {}, pageSize: {}, offset: {}, sort: pageSort } },
    pageSize: {},
    sort: pageSort,
    first: {},
    last: {},
    size: {},
    number: {},
  },
});

const rateLimited = { headers: { "X-User-Hour-Limit-Remaining": {} } };

const header = (name: string, schema: Schema) => ({ name, in: "header", required: true, schema }) as const;
const idInPath = (name: string) => ({ name, in: "path", required: true, schema: text }) as const;
const inQuery = (name: string, schema: Schema) => ({ name, in: "query", schema }) as const;

/** That of every entity: the page "Endpoint model". */
const generalQuery = (operationId: string, item: Schema) => ({
  operationId,
  "x-basis": "general-rule",
  "x-safe": true,
  "x-pagination": { style: "page", parameter: "page", items: "content", last: "last", total: "totalPages" } as const,
  parameters: [
    inQuery("page", { ...int32, minimum: 0 }),
    inQuery("size", { ...int32, minimum: 1 }),
    inQuery("sort", { type: "array", items: text }),
  ],
  requestBody: { required: true, ...json({ type: "object" }) },
  responses: { "200": json(page(item)), "429": rateLimited },
});

/** Those of Standard Webhooks. The timestamp is in seconds. */
const deliveryHeaders = [
  header("webhook-id", text),
  header("webhook-timestamp", int32),
  header("webhook-signature", text),
];

const analysisDelivery = (type: string, subscription: string) => ({
  post: {
    "x-subscription": subscription,
    // A delivery has a signature and no token.
    security: [],
    parameters: deliveryHeaders,
    requestBody: {
      required: true,
      ...json(
        object({
          type: { type: "string", const: type },
          eventId: text,
          timestamp: dateTime,
          senderId: text,
          tenantId: text,
          userId: text,
          data: object({ eventId: text, analysisId: text, analysisResultId: text, engagementId: text }),
        }),
      ),
    },
  },
});

/** The published facts as a document. */
export const REFERENCE: Document = {
  servers: [{ url: "https://{tenant}.mindbridge.ai/api" }],
  security: [{ bearer: [] }],
  paths: {
    "/v1/webhooks": {
      post: {
        operationId: "webhooks.create",
        "x-basis": "own-page",
        requestBody: {
          required: true,
          ...json({
            ...object({
              ...editable,
              events: { ...editable.events, items: closed(EVENTS) },
              status: closed(STATUSES),
            }),
            required: ["name", "url", "technicalContactId", "events", "status"],
            // The server refuses a request with a property that it does not know.
            additionalProperties: false,
          }),
        },
        responses: { "201": json(webhook), "429": rateLimited },
      },
    },
    "/v1/webhooks/{webhookId}": {
      get: {
        operationId: "webhooks.get",
        "x-basis": "own-page",
        parameters: [idInPath("webhookId")],
        responses: { "200": json(webhook), "429": rateLimited },
      },
      put: {
        operationId: "webhooks.update",
        "x-basis": "general-rule",
        parameters: [idInPath("webhookId")],
        requestBody: {
          required: true,
          ...json({
            // What a read call has answered can be sent back, names that are newer than the document among it.
            ...object({
              version: int64,
              ...editable,
              events: { ...editable.events, items: open(EVENTS) },
              status: open(STATUSES),
            }),
            required: ["version"],
            additionalProperties: false,
          }),
        },
        responses: { "200": json(webhook), "429": rateLimited },
      },
      delete: {
        operationId: "webhooks.delete",
        "x-basis": "general-rule",
        parameters: [idInPath("webhookId")],
        responses: { "429": rateLimited },
      },
    },
    "/v1/webhooks/query": { post: generalQuery("webhooks.query", webhook) },
    "/v1/webhook-event-logs/query": { post: generalQuery("webhookEventLogs.query", log) },
    "/v1/webhook-event-logs/{webhookEventId}": {
      get: {
        operationId: "webhookEventLogs.get",
        "x-basis": "own-page",
        parameters: [idInPath("webhookEventId")],
        responses: { "200": json(log), "429": rateLimited },
      },
    },
  },
  webhooks: {
    "analysis.completed": analysisDelivery("analysis.completed", "ANALYSIS_COMPLETE"),
    "analysis.failed": analysisDelivery("analysis.failed", "ANALYSIS_FAILED"),
  },
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
};
