import type { MindBridge, UserInfo, Webhook } from "@mindbridge-sdk/client";

/** Reads a webhook and prints it, with the status and the headers of the response. */
export async function showWebhook(mindbridge: MindBridge, id: string): Promise<void> {
  const { data: webhook, response } = await mindbridge.webhooks.get(id, { timeout: 5_000 }).withResponse();
  console.log(response.headers.get("x-request-id"), ...describeWebhook(webhook));
}

export function describeWebhook(webhook: Webhook): string[] {
  return [
    `${webhook.name.toUpperCase()} (${webhook.id.slice(-6)}, version ${webhook.version.toFixed()})`,
    `sends ${webhook.events.map((event) => event.toLowerCase()).join(", ")} to ${new URL(webhook.url).host}`,
    `created ${day(webhook.creationDate)} by ${person(webhook.createdUserInfo)}`,
    `changed ${day(webhook.lastModifiedDate)} by ${person(webhook.lastModifiedUserInfo)}`,
    `asks ${webhook.technicalContactId.slice(-6)} where there are problems`,
    `its key ends in ${webhook.publicKey.slice(-4)} and is of ${day(webhook.keyGenerationTimestamp)}`,
    describeStatus(webhook.status),
  ];
}

function describeStatus(status: Webhook["status"]): string {
  switch (status) {
    case "ACTIVE":
      return "sends deliveries";
    case "INACTIVE":
      return "keeps silent";
    default:
      // A status that is newer than this program.
      return `is ${status.toLowerCase()}`;
  }
}

function day(date: string | undefined): string {
  return date?.slice(0, 10) ?? "some day";
}

function person(user: UserInfo | undefined): string {
  return user?.userName?.trim() ?? user?.userId?.slice(-6) ?? "someone";
}
