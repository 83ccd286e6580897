import { add, addItem, remove, removeItem, rename, replace, replaceItem } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

const SCHEMAS = "/components/schemas";
const webhook = (name: string): string => `${SCHEMAS}/Webhook/properties/${name}`;
const log = (name: string): string => `${SCHEMAS}/WebhookEventLog/properties/${name}`;
const user = (name: string): string => `${SCHEMAS}/UserInfo/properties/${name}`;
const LOG_STATUSES = `${SCHEMAS}/WebhookEventLogStatus/enum`;

/** Changes of what comes back. */
export const RESPONSE_MUTANTS: readonly Mutant[] = [
  {
    name: "response: a field is dropped",
    edits: [remove(webhook("publicKey")), removeItem(`${SCHEMAS}/Webhook/required`, "publicKey")],
  },
  { name: "response: an optional field is dropped", edits: [remove(webhook("keyGenerationTimestamp"))] },
  { name: "response: a field of a field is dropped", edits: [remove(user("userName"))] },
  {
    name: "response: a field is renamed",
    edits: [
      rename(webhook("publicKey"), "signingKey"),
      replaceItem(`${SCHEMAS}/Webhook/required`, "publicKey", "signingKey"),
    ],
  },
  { name: "response: a field may be missing", edits: [removeItem(`${SCHEMAS}/Webhook/required`, "id")] },
  {
    name: "response: an optional field is promised",
    edits: [addItem(`${SCHEMAS}/WebhookEventLog/required`, "attemptStartDate")],
  },
  { name: "response: an integer is a text", edits: [replace(webhook("version"), { type: "string" })] },
  { name: "response: an integer may have a fraction", edits: [replace(log("retryCount"), { type: "number" })] },
  {
    name: "response: an integer is shorter",
    edits: [replace(`${webhook("version")}/format`, "int32")],
    onlyFidelity: "What fits 32 bits fits 64 as well, and both are numbers in TypeScript.",
  },
  { name: "response: an object is a text", edits: [replace(log("requestHeaders"), { type: "string" })] },
  { name: "response: a list is one text", edits: [replace(webhook("events"), { type: "string" })] },
  { name: "response: a field may be null", edits: [replace(`${log("eventType")}/type`, ["string", "null"])] },
  { name: "response: a date has no format", edits: [remove(`${webhook("creationDate")}/format`)] },
  { name: "response: a date is without a time", edits: [replace(`${log("attemptStartDate")}/format`, "date")] },
  {
    name: "response: only listed statuses may come",
    edits: [
      replace(`${webhook("status")}/$ref`, "#/components/schemas/WebhookStatus"),
      remove(`${SCHEMAS}/AnyWebhookStatus`),
    ],
  },
  {
    name: "response: only listed events may come",
    edits: [
      replace(`${webhook("events")}/items/$ref`, "#/components/schemas/WebhookEvent"),
      remove(`${SCHEMAS}/AnyWebhookEvent`),
    ],
  },
  {
    name: "response: nothing may be added to it",
    edits: [add(`${SCHEMAS}/Webhook/additionalProperties`, false)],
    onlyFidelity: "The mock adds nothing of its own to an answer, and TypeScript has no closed objects.",
  },
  {
    name: "response: a field is writable",
    edits: [remove(`${webhook("createdUserInfo")}/readOnly`)],
    onlyFidelity: "Only the type of an assignment changes, and it becomes wider; on the wire nothing does.",
  },
  { name: "response: a status of a log is added", edits: [addItem(LOG_STATUSES, "SKIPPED")] },
  {
    name: "response: a status of a log is renamed",
    edits: [replaceItem(LOG_STATUSES, "FAILED_PERMANENTLY", "ABANDONED")],
  },
  {
    name: "response: it has another media type",
    edits: [rename("/paths/~1v1~1webhooks~1{webhookId}/get/responses/200/content/application~1json", "text/plain")],
  },
  {
    name: "response: the key of the example is another",
    edits: [
      replace("/components/examples/Webhook/value/publicKey", "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ],
  },
];
