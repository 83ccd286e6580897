import { add, remove, rename, replace } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

const WEBHOOKS = "/paths/~1v1~1webhooks";
const WEBHOOK = "/paths/~1v1~1webhooks~1{webhookId}";
const LOG = "/paths/~1v1~1webhook-event-logs~1{webhookEventId}";
const RATE_LIMIT = "X-User-Hour-Limit-Remaining";
const SERVER = "/servers/0";
const query = (required: boolean) => ({
  name: "fields",
  in: "query",
  required,
  description: "Which fields to return.",
  schema: { type: "string" },
});

/** Changes of where a call goes, how it is secured, and which answers there are. */
export const OPERATION_MUTANTS: readonly Mutant[] = [
  { name: "operation: the path is of another version", edits: [rename(WEBHOOKS, "/v2/webhooks")] },
  { name: "operation: a part of the path is renamed", edits: [rename(LOG, "/v1/webhook-logs/{webhookEventId}")] },
  { name: "operation: the method is another", edits: [rename(`${WEBHOOKS}/post`, "put")] },
  {
    name: "operation: it is dropped",
    edits: [
      remove(LOG),
      remove("/components/schemas/WebhookEventLog"),
      remove("/components/schemas/AnyWebhookEventLogStatus"),
      remove("/components/schemas/WebhookEventLogStatus"),
    ],
  },
  { name: "operation: it is renamed", edits: [replace(`${WEBHOOK}/get/operationId`, "webhooks.read")] },
  {
    name: "parameter: it is renamed",
    edits: [replace(`${WEBHOOK}/get/parameters/0/name`, "id"), rename(WEBHOOK, "/v1/webhooks/{id}")],
  },
  {
    name: "parameter: it is optional",
    edits: [replace(`${WEBHOOK}/get/parameters/0/required`, false)],
    onlyFidelity: "A path without its parameter is another path: no call can leave it out, nor do the methods let one.",
  },
  {
    name: "parameter: it has another type",
    edits: [replace(`${WEBHOOK}/get/parameters/0/schema/type`, "integer")],
  },
  { name: "parameter: a required one is added", edits: [add(`${WEBHOOK}/get/parameters/1`, query(true))] },
  {
    name: "parameter: an optional one is added",
    edits: [add(`${WEBHOOK}/get/parameters/1`, query(false))],
    onlyFidelity: "Calls without it stay as valid as they were, in TypeScript and on the wire.",
  },
  { name: "status: that of success is another", edits: [rename(`${WEBHOOKS}/post/responses/201`, "200")] },
  { name: "status: an error is dropped", edits: [remove(`${WEBHOOK}/get/responses/404`)] },
  { name: "status: an error has another", edits: [rename(`${LOG}/get/responses/503`, "502")] },
  {
    name: "status: the refusal of a body is declared",
    edits: [add(`${WEBHOOKS}/post/responses/422`, { $ref: "#/components/responses/Forbidden" })],
  },
  {
    name: "header: it is dropped",
    edits: [remove("/components/responses/TooManyRequests/headers"), remove(`/components/headers/${RATE_LIMIT}`)],
  },
  {
    name: "header: it is renamed",
    edits: [rename(`/components/responses/TooManyRequests/headers/${RATE_LIMIT}`, "X-Hour-Limit-Remaining")],
  },
  { name: "header: its example is another", edits: [replace(`/components/headers/${RATE_LIMIT}/example`, 60)] },
  {
    name: "header: it may be negative",
    edits: [remove(`/components/headers/${RATE_LIMIT}/schema/minimum`)],
    onlyFidelity: "The mock sends the example of the header, and the types have no limits.",
  },
  { name: "security: the scheme is another", edits: [replace("/components/securitySchemes/bearer/scheme", "basic")] },
  {
    name: "security: it is a key in a header",
    edits: [replace("/components/securitySchemes/bearer", { type: "apiKey", in: "header", name: "X-Api-Key" })],
  },
  { name: "security: one operation needs none", edits: [add(`${WEBHOOK}/get/security`, [])] },
  { name: "security: it is optional", edits: [replace("/security", [{}, { bearer: [] }])] },
  {
    name: "server: the host is another",
    edits: [replace(`${SERVER}/url`, "https://{tenant}.mindbridge.com/api")],
    onlyFidelity: "The mock listens on an address of its own, and to TypeScript an address is a text.",
  },
  {
    name: "server: the base path is dropped",
    edits: [replace(`${SERVER}/url`, "https://{tenant}.mindbridge.ai")],
    onlyFidelity: "The mock serves paths without the base path, and to TypeScript an address is a text.",
  },
  {
    name: "server: its variable is renamed",
    edits: [replace(`${SERVER}/url`, "https://{name}.mindbridge.ai/api"), rename(`${SERVER}/variables/tenant`, "name")],
  },
  {
    name: "server: a tenant may be anything",
    edits: [replace(`${SERVER}/variables/tenant/x-pattern`, "^.+$")],
    onlyFidelity:
      "The mock has no tenants, and to TypeScript a pattern is a text. The client's tests refuse such tenants.",
  },
  {
    name: "server: the default of the tenant is another",
    edits: [replace(`${SERVER}/variables/tenant/default`, "example")],
    survives: "It only stands for a tenant in what is shown to people: the client has no default.",
  },
];
