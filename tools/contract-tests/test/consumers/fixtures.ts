import { SERVER_URL, SERVER_VARIABLES, type Webhook, type WebhookEventLog } from "@mindbridge-sdk/client";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";

/** What the tests of an application stand on: the least that a webhook and a log hold. */
export const WEBHOOK: Webhook = {
  id: "66e0a4f7c2d81b0013fe5a90",
  version: 1,
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: ["ANALYSIS_COMPLETE", "SOMETHING_NEW"],
  publicKey: "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
  status: "ACTIVE",
};
export const LOG: WebhookEventLog = { id: "1", version: 1, status: "COMPLETED", webhookId: WEBHOOK.id };

/** What a stand-in for the server answers. */
export const ANSWERS = {
  create: EXAMPLES["webhooks.create"].responses["201"].webhook,
  get: EXAMPLES["webhooks.get"].responses["200"].newerEvent,
  missing: EXAMPLES["webhooks.get"].responses["404"].example,
  refused: EXAMPLES["webhooks.create"].responses["403"].example,
  log: EXAMPLES["webhookEventLogs.get"].responses["200"].failedPermanently,
} satisfies Record<string, object>;

/** The names of the calls in a dashboard. */
export const CALL_NAMES: { readonly [Id in OperationId]?: string } = {
  "webhooks.create": "Create a webhook",
  "webhooks.get": "Read a webhook",
  "webhookEventLogs.get": "Read a log",
};

/** The calls that may be repeated without a thought. */
export function isRead(operation: OperationId): boolean {
  return OPERATIONS[operation].method === "GET";
}

/** Where a tenant of a form would be called. */
export function serverOf(tenant: string): string | undefined {
  return new RegExp(SERVER_VARIABLES.tenant.pattern, "u").test(tenant)
    ? SERVER_URL.replace("{tenant}", tenant)
    : undefined;
}
