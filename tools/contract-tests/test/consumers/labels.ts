import {
  isWebhookEvent,
  WEBHOOK_EVENTS,
  type WebhookEvent,
  type WebhookEventLogStatus,
  type WebhookStatus,
} from "@mindbridge-sdk/client";

/** What people read for each event: the compiler says when one is missing or gone. */
export const EVENT_LABELS: Record<WebhookEvent, string> = {
  EXPORT_READY: "An export is ready",
  FILE_MANAGER_FILE_ADDED: "A file was added",
  DATA_ADDED: "Data was added",
  INGESTION_COMPLETE: "An ingestion is complete",
  INGESTION_FAILED: "An ingestion failed",
  ANALYSIS_COMPLETE: "An analysis is complete",
  ANALYSIS_FAILED: "An analysis failed",
  UNMAPPED_ACCOUNTS: "Accounts are not mapped",
  ENGAGEMENT_CREATED: "An engagement was created",
  ENGAGEMENT_UPDATED: "An engagement was changed",
  ENGAGEMENT_DELETED: "An engagement was deleted",
  ANALYSIS_CREATED: "An analysis was created",
  ANALYSIS_UPDATED: "An analysis was changed",
  ANALYSIS_DELETED: "An analysis was deleted",
  ANALYSIS_ARCHIVED: "An analysis was archived",
  ANALYSIS_UNARCHIVED: "An analysis was taken out of the archive",
  USER_INVITED: "A user was invited",
  USER_STATUS_UPDATED: "A user's status was changed",
  USER_ROLE_UPDATED: "A user's role was changed",
  USER_DELETED: "A user was deleted",
  USER_LOGIN: "A user signed in",
};

/** The choices of a form. */
export const EVENT_CHOICES: { value: WebhookEvent; label: string }[] = WEBHOOK_EVENTS.map((value) => ({
  value,
  label: EVENT_LABELS[value],
}));

export function eventLabel(event: string): string {
  return isWebhookEvent(event) ? EVENT_LABELS[event] : event;
}

/** The colour of a webhook's status in a list. */
export function statusColour(status: WebhookStatus): string {
  switch (status) {
    case "ACTIVE":
      return "green";
    case "INACTIVE":
      return "grey";
    default:
      return status satisfies never;
  }
}

/** Whether the delivery can still arrive. */
export const IS_UNDER_WAY: Readonly<Record<WebhookEventLogStatus, boolean>> = {
  IN_PROGRESS: true,
  COMPLETED: false,
  FAILED: true,
  FAILED_PERMANENTLY: false,
  DISCONNECTED: false,
};
