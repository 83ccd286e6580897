// A contract without event logs has no `mindbridge recover`, and its `mindbridge replay` takes folders alone.
import type { MindBridge } from "@mindbridge-sdk/client";
import type { KeptDelivery } from "@mindbridge-sdk/receiver";
import type { EventLogSource } from "@mindbridge-sdk/receiver/recover";

/** A client of a contract with event logs. */
export type EventLogClient = MindBridge & EventLogSource & { readonly webhookEventLogs: EventLogReader };

interface EventLogReader {
  get(
    id: string,
    options: { readonly signal: AbortSignal },
  ): Promise<{ readonly requestHeaders?: KeptDelivery["headers"]; readonly requestBody?: string }>;
}
