// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { WebhookEvent, WebhookStatus, WebhookEventLogStatus } from "./types.ts";

/**
 * The values of {@link WebhookEvent} that this version of the contract knows.
 *
 * An event that a webhook can subscribe to.
 */
export const WEBHOOK_EVENTS = [
  "EXPORT_READY",
  "FILE_MANAGER_FILE_ADDED",
  "DATA_ADDED",
  "INGESTION_COMPLETE",
  "INGESTION_FAILED",
  "ANALYSIS_COMPLETE",
  "ANALYSIS_FAILED",
  "UNMAPPED_ACCOUNTS",
  "ENGAGEMENT_CREATED",
  "ENGAGEMENT_UPDATED",
  "ENGAGEMENT_DELETED",
  "ANALYSIS_CREATED",
  "ANALYSIS_UPDATED",
  "ANALYSIS_DELETED",
  "ANALYSIS_ARCHIVED",
  "ANALYSIS_UNARCHIVED",
  "USER_INVITED",
  "USER_STATUS_UPDATED",
  "USER_ROLE_UPDATED",
  "USER_DELETED",
  "USER_LOGIN",
] as const satisfies readonly WebhookEvent[];

/** Whether `value` is one of {@link WEBHOOK_EVENTS}: `false` for a value that is newer than this version of the contract. */
export function isWebhookEvent(value: unknown): value is WebhookEvent {
  return (WEBHOOK_EVENTS as readonly unknown[]).includes(value);
}

/**
 * The values of {@link WebhookStatus} that this version of the contract knows.
 *
 * Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`).
 */
export const WEBHOOK_STATUSES = [
  "ACTIVE",
  "INACTIVE",
] as const satisfies readonly WebhookStatus[];

/** Whether `value` is one of {@link WEBHOOK_STATUSES}: `false` for a value that is newer than this version of the contract. */
export function isWebhookStatus(value: unknown): value is WebhookStatus {
  return (WEBHOOK_STATUSES as readonly unknown[]).includes(value);
}

/**
 * The values of {@link WebhookEventLogStatus} that this version of the contract knows.
 *
 * How far a delivery has come.
 */
export const WEBHOOK_EVENT_LOG_STATUSES = [
  "IN_PROGRESS",
  "COMPLETED",
  "FAILED",
  "FAILED_PERMANENTLY",
  "DISCONNECTED",
] as const satisfies readonly WebhookEventLogStatus[];

/** Whether `value` is one of {@link WEBHOOK_EVENT_LOG_STATUSES}: `false` for a value that is newer than this version of the contract. */
export function isWebhookEventLogStatus(value: unknown): value is WebhookEventLogStatus {
  return (WEBHOOK_EVENT_LOG_STATUSES as readonly unknown[]).includes(value);
}
