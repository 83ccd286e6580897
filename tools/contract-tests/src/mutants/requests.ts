import { add, addItem, remove, removeItem, rename, replace, replaceItem } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

const BODY = "/paths/~1v1~1webhooks/post/requestBody";
const CREATE = "/components/schemas/WebhookCreate";
const field = (name: string): string => `${CREATE}/properties/${name}`;
const EVENTS = "/components/schemas/WebhookEvent/enum";
const STATUSES = "/components/schemas/WebhookStatus/enum";

/** Changes of what may be sent. */
export const REQUEST_MUTANTS: readonly Mutant[] = [
  { name: "request: a field is no longer required", edits: [removeItem(`${CREATE}/required`, "technicalContactId")] },
  {
    name: "request: another field is required",
    edits: [add(field("description"), { type: "string" }), addItem(`${CREATE}/required`, "description")],
  },
  { name: "request: an optional field is added", edits: [add(field("description"), { type: "string" })] },
  {
    name: "request: a field is dropped",
    edits: [remove(field("technicalContactId")), removeItem(`${CREATE}/required`, "technicalContactId")],
  },
  {
    name: "request: a field is renamed",
    edits: [rename(field("url"), "targetUrl"), replaceItem(`${CREATE}/required`, "url", "targetUrl")],
  },
  { name: "request: a field has another type", edits: [replace(`${field("technicalContactId")}/type`, "integer")] },
  { name: "request: a field may be null", edits: [replace(`${field("technicalContactId")}/type`, ["string", "null"])] },
  { name: "request: a field gets a format", edits: [add(`${field("url")}/format`, "uri")] },
  { name: "request: a field gets a pattern", edits: [add(`${field("technicalContactId")}/pattern`, "^[0-9a-f]{24}$")] },
  { name: "request: minLength is dropped", edits: [remove(`${field("name")}/minLength`)] },
  { name: "request: minLength is raised", edits: [replace(`${field("url")}/minLength`, 2)] },
  { name: "request: minLength is lowered", edits: [replace(`${field("url")}/minLength`, 0)] },
  { name: "request: maxLength is added", edits: [add(`${field("name")}/maxLength`, 255)] },
  { name: "request: minItems is dropped", edits: [remove(`${field("events")}/minItems`)] },
  { name: "request: minItems is raised", edits: [replace(`${field("events")}/minItems`, 2)] },
  { name: "request: maxItems is lowered", edits: [replace(`${field("events")}/maxItems`, 100)] },
  {
    name: "request: maxItems is lowered by one",
    edits: [replace(`${field("events")}/maxItems`, 2_147_483_646)],
    onlyFidelity: "A body of 2,147,483,647 events is too long to be sent.",
  },
  { name: "request: items must be unique", edits: [add(`${field("events")}/uniqueItems`, true)] },
  { name: "request: items may be any text", edits: [replace(`${field("events")}/items`, { type: "string" })] },
  { name: "request: unknown properties are let through", edits: [remove(`${CREATE}/additionalProperties`)] },
  { name: "request: an event is dropped", edits: [removeItem(EVENTS, "USER_LOGIN")] },
  { name: "request: an event is added", edits: [addItem(EVENTS, "EXPORT_FAILED")] },
  {
    name: "request: an event is renamed",
    edits: [replaceItem(EVENTS, "UNMAPPED_ACCOUNTS", "UNMAPPED_ACCOUNTS_DETECTED")],
  },
  { name: "request: a status is dropped", edits: [removeItem(STATUSES, "INACTIVE")] },
  { name: "request: a status is added", edits: [addItem(STATUSES, "PAUSED")] },
  {
    name: "request: any status may be sent",
    edits: [replace(`${field("status")}/$ref`, "#/components/schemas/AnyWebhookStatus")],
  },
  { name: "request: the body is optional", edits: [replace(`${BODY}/required`, false)] },
  {
    name: "request: the body has another media type",
    edits: [rename(`${BODY}/content/application~1json`, "application/x-www-form-urlencoded")],
  },
];
