// Lists webhooks over all pages, pauses those that point elsewhere, and deletes the paused ones.
import { MindBridge, type QueryFilter, type WebhookPage } from "@mindbridge-sdk/client";

const mindbridge = new MindBridge({ tenant: "acme", token: "token" });

export async function namesOf(filter: QueryFilter): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of mindbridge.webhooks.query(filter, { query: { size: 50, sort: ["name,desc"] } })) {
    names.push(name);
  }
  return names;
}

export async function pauseAll(): Promise<number> {
  const first: WebhookPage = await mindbridge.webhooks.query();
  for (const webhook of first.content) {
    await mindbridge.webhooks.update(webhook.id, { ...webhook, status: "INACTIVE" });
  }
  return first.totalElements;
}

export async function deletePaused(): Promise<void> {
  for await (const { content } of mindbridge.webhooks.query({ status: "INACTIVE" }).pages()) {
    for (const { id } of content) await mindbridge.webhooks.delete(id);
  }
}
