// The places of the document that the changes are made at, as JSON Pointers.
export const SCHEMAS = "/components/schemas";
export const WEBHOOK_PATH = "/paths/~1v1~1webhooks~1{webhookId}";
export const LOG_PATH = "/paths/~1v1~1webhook-event-logs~1{webhookEventId}";

export const QUERY = "/paths/~1v1~1webhooks~1query/post";
export const CREATE = "/paths/~1v1~1webhooks/post";
export const GET = `${WEBHOOK_PATH}/get`;
export const LOG = `${LOG_PATH}/get`;
export const COMPLETED = "/webhooks/analysis.completed/post";
export const FAILED = "/webhooks/analysis.failed/post";
export const JSON_BODY = "content/application~1json";
export const RATE_LIMIT = "X-User-Hour-Limit-Remaining";

export const REQUEST = `${SCHEMAS}/WebhookCreate`;
export const NAME = `${REQUEST}/properties/name`;
export const CONTACT = `${REQUEST}/properties/technicalContactId`;
export const EVENTS = `${REQUEST}/properties/events`;
export const EVENT_NAMES = `${SCHEMAS}/WebhookEvent/enum`;
export const RESPONSE = `${SCHEMAS}/Webhook`;
export const ENVELOPE = `${SCHEMAS}/DeliveryEnvelope`;
export const DATA = `${SCHEMAS}/AnalysisResult`;

// Places that only the extended document has.
export const LIST = "/paths/~1v1~1webhooks/get";
/** The operation of a path that is written among the components. */
export const KEY = "/components/pathItems/Key/get";

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

export const query = (required: boolean) => ({
  name: "fields",
  in: "query",
  required,
  description: "Which fields to return.",
  schema: { type: "string" },
});
