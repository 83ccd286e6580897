// A contract without event logs has no `mindbridge recover`, and its `mindbridge replay` takes folders alone.
import type { MindBridge } from "@mindbridge-sdk/client";
import * as contract from "@mindbridge-sdk/contract";
import type { KeptDelivery } from "@mindbridge-sdk/receiver";
import type { EventLogSource } from "@mindbridge-sdk/receiver/recover";

/** The statuses that the contract lists. */
export const STATUSES: readonly string[] =
  (contract as { readonly WEBHOOK_EVENT_LOG_STATUSES?: readonly string[] }).WEBHOOK_EVENT_LOG_STATUSES ?? [];

/** A client of a contract with event logs. */
export type EventLogClient = MindBridge & EventLogSource & { readonly webhookEventLogs: EventLogReader };

interface EventLogReader {
  get(
    id: string,
    options: { readonly signal: AbortSignal },
  ): Promise<{ readonly requestHeaders?: KeptDelivery["headers"]; readonly requestBody?: string }>;
}
