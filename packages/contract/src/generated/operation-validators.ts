// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import { inspector, type OperationValidators } from "../validation/mismatches.ts";
import type { OperationId } from "./operations.ts";
import { isWebhookCreate } from "./validators.ts";
import { validate as validateWebhook } from "./validators/Webhook.ts";
import { validate as validateKnownWebhook } from "./validators/Webhook.known.ts";
import { validate as validateWebhookEventLog } from "./validators/WebhookEventLog.ts";
import { validate as validateKnownWebhookEventLog } from "./validators/WebhookEventLog.known.ts";

export type { Inspect, Mismatch, OperationValidators } from "../validation/mismatches.ts";

const inspectWebhook = /* @__PURE__ */ inspector(validateWebhook, validateKnownWebhook);
const inspectWebhookEventLog = /* @__PURE__ */ inspector(validateWebhookEventLog, validateKnownWebhookEventLog);

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
  "webhookEventLogs.get": {
    responses: {
      "200": inspectWebhookEventLog,
    },
  },
};
