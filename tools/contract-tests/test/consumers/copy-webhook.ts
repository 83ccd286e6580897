import { isWebhookEvent, type MindBridge, type Webhook, type WebhookEvent } from "@mindbridge-sdk/client";

/** Creates a webhook like one that is there. An event that this version does not know cannot be sent back. */
export async function copyWebhook(mindbridge: MindBridge, id: string): Promise<Webhook> {
  const { name, url, technicalContactId, events } = await mindbridge.webhooks.get(id);
  const known: WebhookEvent[] = events.filter(isWebhookEvent);
  const copy = { name: `${name} (copy)`, url, technicalContactId, events: known, status: "INACTIVE" } as const;
  return mindbridge.webhooks.create(copy, { maxRetries: 0 });
}
