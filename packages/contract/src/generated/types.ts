// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { operations } from "./openapi.ts";
export type { AnalysisCompletedDelivery, AnalysisFailedDelivery, AnalysisFailure, AnalysisResult, AnyWebhookEvent, AnyWebhookEventLogStatus, AnyWebhookStatus, DeliveryEnvelope, ErrorBody, Page, PageSort, QueryFilter, UserInfo, Webhook, WebhookCreate, WebhookEvent, WebhookEventLog, WebhookEventLogPage, WebhookEventLogStatus, WebhookPage, WebhookStatus, WebhookUpdate } from "./openapi.ts";

/** The query parameters of `webhooks.query`. */
export type WebhooksQueryQuery = NonNullable<operations["webhooks.query"]["parameters"]["query"]>;

/** The query parameters of `webhookEventLogs.query`. */
export type WebhookEventLogsQueryQuery = NonNullable<operations["webhookEventLogs.query"]["parameters"]["query"]>;
