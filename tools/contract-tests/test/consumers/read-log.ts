import type { MindBridge, WebhookEventLog } from "@mindbridge-sdk/client";

/** Reads what became of a delivery, and says it in a few lines for a log. */
export async function readLog(mindbridge: MindBridge, webhookEventId: string): Promise<string[]> {
  return describeLog(await mindbridge.webhookEventLogs.get(webhookEventId, { maxRetries: 5 }));
}

export function describeLog(log: WebhookEventLog): string[] {
  const { requestHeaders = {}, responseHeaders = {} } = log;
  return [
    `log ${log.id.slice(-6)}, version ${log.version.toFixed()}, of webhook ${log.webhookId.slice(-6)}: ${verdict(log)}`,
    `${short(log.eventType)} to ${new URL(log.url ?? "about:blank").host}, request ${short(log.requestId)}`,
    `sent ${log.requestBody?.length ?? 0} characters with ${Object.keys(requestHeaders).length} headers`,
    `answered ${responseHeaders["content-type"] ?? "nothing"} ${outcome(log)} on ${short(log.attemptStartDate)}`,
    `created ${short(log.creationDate)} by ${short(log.createdUserInfo?.userName)}`,
    `changed ${short(log.lastModifiedDate)} by ${short(log.lastModifiedUserInfo?.userName)}`,
  ];
}

function short(text: string | undefined): string {
  return text?.slice(0, 19) ?? "unknown";
}

function outcome({ responseStatusCode = 0, responseTimeSec = 0, retryCount = 0 }: WebhookEventLog): string {
  return `${responseStatusCode.toFixed()} after ${responseTimeSec.toFixed(2)} s and ${retryCount.toFixed()} repetitions`;
}

function verdict({ status }: WebhookEventLog): string {
  switch (status) {
    case "COMPLETED":
      return "arrived";
    case "IN_PROGRESS":
    case "FAILED":
      return "under way";
    case "FAILED_PERMANENTLY":
    case "DISCONNECTED":
      return "given up";
    default:
      return status.toLowerCase();
  }
}
