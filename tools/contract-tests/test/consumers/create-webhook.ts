import { MindBridge, type Webhook, type WebhookCreate } from "@mindbridge-sdk/client";

/** Registers a webhook with the client of a tenant, and says what came of it. */
export async function createWebhook(tenant: string, technicalContactId: string): Promise<string> {
  const mindbridge = new MindBridge({ tenant, token: async () => process.env.MINDBRIDGE_API_TOKEN ?? "" });
  const webhook = await mindbridge.webhooks.create({
    name: "Close the books",
    url: "https://hooks.example.com/mindbridge",
    technicalContactId,
    events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
    status: "ACTIVE",
  });
  return `${webhook.id} is ${webhook.status}; its deliveries verify with ${webhook.publicKey}`;
}

/** The labels of a form in which people fill in a webhook: each field has one. */
export const FIELD_LABELS: Record<keyof WebhookCreate, string> = {
  name: "Name",
  url: "Address",
  technicalContactId: "Technical contact",
  events: "Events",
  status: "Status",
};

/** What a form asks people to confirm. */
export function confirmation({ name, url, technicalContactId, events, status }: WebhookCreate): string[] {
  const contact = technicalContactId.trim();
  const state = status === "ACTIVE" ? "at once" : "once it is activated";
  return [name.trim(), new URL(url).host, contact, events.map((event) => event.toLowerCase()).join(", "), state];
}

/** Whether a webhook is the one that was asked for. */
export function isAsAsked(webhook: Webhook, asked: WebhookCreate): boolean {
  return (
    webhook.name === asked.name &&
    webhook.url === asked.url &&
    webhook.technicalContactId === asked.technicalContactId &&
    webhook.status === asked.status &&
    asked.events.every((event) => webhook.events.includes(event))
  );
}
