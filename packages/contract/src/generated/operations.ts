// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/**
 * The operations of the API by the names of the client's methods: `pathParameters` in the order of the template,
 * `statuses` as the document declares them.
 */
export const OPERATIONS = {
  /** Create a webhook. */
  "webhooks.create": {
    method: "POST",
    path: "/v1/webhooks",
    pathParameters: [],
    hasQuery: false,
    hasBody: true,
    statuses: ["201","401","403","429","500","503"],
  },
  /** Read a webhook. */
  "webhooks.get": {
    method: "GET",
    path: "/v1/webhooks/{webhookId}",
    pathParameters: ["webhookId"],
    hasQuery: false,
    hasBody: false,
    statuses: ["200","401","403","404","429","500","503"],
  },
  /** Change a webhook. */
  "webhooks.update": {
    method: "PUT",
    path: "/v1/webhooks/{webhookId}",
    pathParameters: ["webhookId"],
    hasQuery: false,
    hasBody: true,
    statuses: ["200","401","403","404","429","500","503","2XX"],
  },
  /** Delete a webhook. */
  "webhooks.delete": {
    method: "DELETE",
    path: "/v1/webhooks/{webhookId}",
    pathParameters: ["webhookId"],
    hasQuery: false,
    hasBody: false,
    statuses: ["401","403","404","429","500","503","2XX"],
  },
  /** Find webhooks. */
  "webhooks.query": {
    method: "POST",
    path: "/v1/webhooks/query",
    pathParameters: [],
    hasQuery: true,
    hasBody: true,
    statuses: ["200","401","403","429","500","503"],
  },
  /** Read the log of one delivery. */
  "webhookEventLogs.get": {
    method: "GET",
    path: "/v1/webhook-event-logs/{webhookEventId}",
    pathParameters: ["webhookEventId"],
    hasQuery: false,
    hasBody: false,
    statuses: ["200","401","403","404","429","500","503"],
  },
  /** Find the logs of deliveries. */
  "webhookEventLogs.query": {
    method: "POST",
    path: "/v1/webhook-event-logs/query",
    pathParameters: [],
    hasQuery: true,
    hasBody: true,
    statuses: ["200","401","403","429","500","503"],
  },
} as const;

/** The name of an operation, which is that of its method, such as `webhooks.create`. */
export type OperationId = keyof typeof OPERATIONS;
