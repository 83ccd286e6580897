// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import { inspector, type OperationValidators } from "../validation/mismatches.ts";
import type { OperationId } from "./operations.ts";
import { isQueryFilter, isWebhookCreate, isWebhookUpdate } from "./validators.ts";
import { validate as validateWebhook } from "./validators/Webhook.ts";
import { validate as validateKnownWebhook } from "./validators/Webhook.known.ts";
import { validate as validateWebhookEventLog } from "./validators/WebhookEventLog.ts";
import { validate as validateKnownWebhookEventLog } from "./validators/WebhookEventLog.known.ts";
import { validate as validateWebhookEventLogPage } from "./validators/WebhookEventLogPage.ts";
import { validate as validateKnownWebhookEventLogPage } from "./validators/WebhookEventLogPage.known.ts";
import { validate as validateWebhookPage } from "./validators/WebhookPage.ts";
import { validate as validateKnownWebhookPage } from "./validators/WebhookPage.known.ts";

export type { Inspect, Mismatch, OperationValidators } from "../validation/mismatches.ts";

const inspectWebhook = /* @__PURE__ */ inspector(validateWebhook, validateKnownWebhook);
const inspectWebhookEventLog = /* @__PURE__ */ inspector(validateWebhookEventLog, validateKnownWebhookEventLog);
const inspectWebhookEventLogPage = /* @__PURE__ */ inspector(validateWebhookEventLogPage, validateKnownWebhookEventLogPage);
const inspectWebhookPage = /* @__PURE__ */ inspector(validateWebhookPage, validateKnownWebhookPage);

/** Validates the request of each operation, and inspects its responses by status. `undefined` stands for a response without content. */
export const OPERATION_VALIDATORS: Readonly<Record<OperationId, OperationValidators>> = {
  "webhooks.create": {
    request: isWebhookCreate,
    isRequestRequired: true,
    responses: {
      "201": inspectWebhook,
    },
  },
  "webhooks.get": {
    responses: {
      "200": inspectWebhook,
    },
  },
  "webhooks.update": {
    request: isWebhookUpdate,
    isRequestRequired: true,
    responses: {
      "200": inspectWebhook,
      "2XX": undefined,
    },
  },
  "webhooks.delete": {
    responses: {
      "2XX": undefined,
    },
  },
  "webhooks.query": {
    request: isQueryFilter,
    isRequestRequired: true,
    responses: {
      "200": inspectWebhookPage,
    },
  },
  "webhookEventLogs.get": {
    responses: {
      "200": inspectWebhookEventLog,
    },
  },
  "webhookEventLogs.query": {
    request: isQueryFilter,
    isRequestRequired: true,
    responses: {
      "200": inspectWebhookEventLogPage,
    },
  },
};
