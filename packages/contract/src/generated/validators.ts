// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import { type Validator, validator } from "../validation/validator.ts";
import type { AnalysisCompletedDelivery, AnalysisFailedDelivery, ErrorBody, QueryFilter, Webhook, WebhookCreate, WebhookEventLog, WebhookEventLogPage, WebhookPage, WebhookUpdate } from "./types.ts";
import { validate as validateWebhookCreate } from "./validators/WebhookCreate.ts";
import { validate as validateWebhookUpdate } from "./validators/WebhookUpdate.ts";
import { validate as validateQueryFilter } from "./validators/QueryFilter.ts";
import { validate as validateWebhook } from "./validators/Webhook.ts";
import { validate as validateErrorBody } from "./validators/ErrorBody.ts";
import { validate as validateWebhookPage } from "./validators/WebhookPage.ts";
import { validate as validateWebhookEventLog } from "./validators/WebhookEventLog.ts";
import { validate as validateWebhookEventLogPage } from "./validators/WebhookEventLogPage.ts";
import { validate as validateAnalysisCompletedDelivery } from "./validators/AnalysisCompletedDelivery.ts";
import { validate as validateAnalysisFailedDelivery } from "./validators/AnalysisFailedDelivery.ts";

export type { Problem, Validator } from "../validation/validator.ts";

/**
 * Whether a value is a {@link WebhookCreate} of the contract. `isWebhookCreate.problems(value)` lists what is
 * wrong, and where.
 */
export const isWebhookCreate: Validator<WebhookCreate> = /* @__PURE__ */ validator(validateWebhookCreate);

/**
 * Whether a value is a {@link WebhookUpdate} of the contract. `isWebhookUpdate.problems(value)` lists what is
 * wrong, and where.
 */
export const isWebhookUpdate: Validator<WebhookUpdate> = /* @__PURE__ */ validator(validateWebhookUpdate);

/**
 * Whether a value is a {@link QueryFilter} of the contract. `isQueryFilter.problems(value)` lists what is wrong,
 * and where.
 */
export const isQueryFilter: Validator<QueryFilter> = /* @__PURE__ */ validator(validateQueryFilter);

/**
 * Whether a value is a {@link Webhook} of the contract. `isWebhook.problems(value)` lists what is wrong, and
 * where.
 */
export const isWebhook: Validator<Webhook> = /* @__PURE__ */ validator(validateWebhook);

/**
 * Whether a value is a {@link ErrorBody} of the contract. `isErrorBody.problems(value)` lists what is wrong, and
 * where.
 */
export const isErrorBody: Validator<ErrorBody> = /* @__PURE__ */ validator(validateErrorBody);

/**
 * Whether a value is a {@link WebhookPage} of the contract. `isWebhookPage.problems(value)` lists what is wrong,
 * and where.
 */
export const isWebhookPage: Validator<WebhookPage> = /* @__PURE__ */ validator(validateWebhookPage);

/**
 * Whether a value is a {@link WebhookEventLog} of the contract. `isWebhookEventLog.problems(value)` lists what
 * is wrong, and where.
 */
export const isWebhookEventLog: Validator<WebhookEventLog> = /* @__PURE__ */ validator(validateWebhookEventLog);

/**
 * Whether a value is a {@link WebhookEventLogPage} of the contract. `isWebhookEventLogPage.problems(value)`
 * lists what is wrong, and where.
 */
export const isWebhookEventLogPage: Validator<WebhookEventLogPage> = /* @__PURE__ */ validator(validateWebhookEventLogPage);

/**
 * Whether a value is a {@link AnalysisCompletedDelivery} of the contract.
 * `isAnalysisCompletedDelivery.problems(value)` lists what is wrong, and where.
 */
export const isAnalysisCompletedDelivery: Validator<AnalysisCompletedDelivery> = /* @__PURE__ */ validator(validateAnalysisCompletedDelivery);

/**
 * Whether a value is a {@link AnalysisFailedDelivery} of the contract.
 * `isAnalysisFailedDelivery.problems(value)` lists what is wrong, and where.
 */
export const isAnalysisFailedDelivery: Validator<AnalysisFailedDelivery> = /* @__PURE__ */ validator(validateAnalysisFailedDelivery);
