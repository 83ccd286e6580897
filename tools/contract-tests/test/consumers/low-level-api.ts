import type { MindBridge, WebhookCreate } from "@mindbridge-sdk/client";

/** The typed openapi-fetch client: statuses come back, and nothing is thrown for them. */
export async function createOrExplain({ api }: MindBridge, body: WebhookCreate): Promise<string> {
  const { data, error, response } = await api.POST("/v1/webhooks", { body });
  return response.ok && data !== undefined ? data.id.slice(-6) : `${response.status}: ${JSON.stringify(error)}`;
}

/** The key that verifies the deliveries of a webhook, if there is such a webhook. */
export async function publicKeyOf({ api }: MindBridge, webhookId: string): Promise<string | undefined> {
  const { data } = await api.GET("/v1/webhooks/{webhookId}", { params: { path: { webhookId } } });
  return data?.publicKey;
}

/** The webhook that an event was sent by. */
export async function senderOf({ api }: MindBridge, webhookEventId: string): Promise<string | undefined> {
  const path = "/v1/webhook-event-logs/{webhookEventId}";
  const { data } = await api.GET(path, { params: { path: { webhookEventId } } });
  return data?.webhookId;
}
