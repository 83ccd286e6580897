import {
  APIError,
  MindBridge,
  MindBridgeError,
  NotFoundError,
  RateLimitError,
  type Webhook,
  type WebhookCreate,
} from "@mindbridge-sdk/client";

/** A webhook, or nothing where there is none of this id. */
export async function findWebhook(mindbridge: MindBridge, id: string): Promise<Webhook | undefined> {
  try {
    return await mindbridge.webhooks.get(id);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Creates a webhook, and says what to do where that fails. */
export async function createOrAdvise(baseUrl: string, body: WebhookCreate): Promise<string> {
  const mindbridge = new MindBridge({ baseUrl, token: "token" });
  try {
    return (await mindbridge.webhooks.create(body)).id;
  } catch (error) {
    if (error instanceof RateLimitError) return `Wait ${(error.retryAfter / 1_000).toFixed()} seconds.`;
    if (error instanceof APIError) return `${error.status.toFixed()} (${error.requestId ?? "no id"}): ${error.text}`;
    if (!(error instanceof MindBridgeError)) throw error;
    switch (error.outcome) {
      case "not-sent":
      case "refused":
        return "Nothing was created.";
      case "unknown":
        return "Look whether it was created.";
      default:
        return error.outcome satisfies never;
    }
  }
}
