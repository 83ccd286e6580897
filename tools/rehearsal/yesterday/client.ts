// Calls every operation, sends and reads every field, and names every type: what users of the client may have written.
import {
  type AnyWebhookEvent,
  type AnyWebhookStatus,
  APIError,
  clientFromEnv,
  type ErrorBody,
  isWebhookEvent,
  isWebhookEventLogStatus,
  isWebhookStatus,
  MindBridge,
  MindBridgeError,
  type UserInfo,
  WEBHOOK_EVENT_LOG_STATUSES,
  WEBHOOK_EVENTS,
  WEBHOOK_STATUSES,
  type Webhook,
  type WebhookCreate,
  type WebhookEvent,
  type WebhookEventLog,
  type WebhookStatus,
} from "@mindbridge-sdk/client";
import { contract } from "@mindbridge-sdk/client/contract";

// As a user keeps it: what is assigned to these must not lose a field, nor give one another type.
interface StoredUser {
  userId?: string;
  userName?: string;
}
interface StoredWebhook {
  id: string;
  version: number;
  name: string;
  url: string;
  technicalContactId: string;
  events: readonly string[];
  publicKey: string;
  status: string;
  creationDate?: string;
  lastModifiedDate?: string;
  createdUserInfo?: StoredUser;
  lastModifiedUserInfo?: StoredUser;
  keyGenerationTimestamp?: string;
}
interface StoredLog {
  id: string;
  version: number;
  status: string;
  webhookId: string;
  creationDate?: string;
  lastModifiedDate?: string;
  createdUserInfo?: StoredUser;
  lastModifiedUserInfo?: StoredUser;
  attemptStartDate?: string;
  url?: string;
  eventType?: string;
  requestHeaders?: object;
  requestBody?: string;
  responseStatusCode?: number;
  responseHeaders?: object;
  responseTimeSec?: number;
  retryCount?: number;
  requestId?: string;
}

const stored = ({
  id,
  version,
  name,
  url,
  technicalContactId,
  events,
  publicKey,
  status,
  ...rest
}: Webhook): StoredWebhook => {
  const { creationDate, lastModifiedDate, createdUserInfo, lastModifiedUserInfo, keyGenerationTimestamp } = rest;
  const optional = { creationDate, lastModifiedDate, createdUserInfo, lastModifiedUserInfo, keyGenerationTimestamp };
  console.log(`${Object.keys(optional).length} more fields`);
  return { id, version, name, url, technicalContactId, events, publicKey, status, ...rest };
};
const storedLog = (log: WebhookEventLog): StoredLog => {
  const { creationDate, lastModifiedDate, createdUserInfo, lastModifiedUserInfo, attemptStartDate, url, eventType } =
    log;
  const { requestHeaders, requestBody, responseStatusCode, responseHeaders, responseTimeSec, retryCount, requestId } =
    log;
  console.log(creationDate, lastModifiedDate, createdUserInfo, lastModifiedUserInfo, attemptStartDate, url, eventType);
  console.log(requestHeaders, requestBody, responseStatusCode, responseHeaders, responseTimeSec, retryCount, requestId);
  return log;
};
const nameOf = ({ userId, userName }: UserInfo): string => userName ?? userId ?? "nobody";

const EVENTS: WebhookEvent[] = [
  "EXPORT_READY",
  "FILE_MANAGER_FILE_ADDED",
  "DATA_ADDED",
  "INGESTION_COMPLETE",
  "INGESTION_FAILED",
  "ANALYSIS_COMPLETE",
  "ANALYSIS_FAILED",
  "UNMAPPED_ACCOUNTS",
  "ENGAGEMENT_CREATED",
  "ENGAGEMENT_UPDATED",
  "ENGAGEMENT_DELETED",
  "ANALYSIS_CREATED",
  "ANALYSIS_UPDATED",
  "ANALYSIS_DELETED",
  "ANALYSIS_ARCHIVED",
  "ANALYSIS_UNARCHIVED",
  "USER_INVITED",
  "USER_STATUS_UPDATED",
  "USER_ROLE_UPDATED",
  "USER_DELETED",
  "USER_LOGIN",
];
const STATUSES: WebhookStatus[] = ["ACTIVE", "INACTIVE"];

const url = process.env.MINDBRIDGE_API_URL ?? "";
const mindbridge = new MindBridge({
  baseUrl: url,
  token: "any-token",
  validate: contract(),
  timeout: 10_000,
  maxRetries: 1,
});
const body: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: EVENTS,
  status: "ACTIVE",
};

for (const status of STATUSES) console.log(stored(await mindbridge.webhooks.create({ ...body, status })).id);
const { data: webhook, response } = await mindbridge.webhooks.get("66e0a4f7c2d81b0013fe5a90").withResponse();
console.log(response.status, stored(webhook).keyGenerationTimestamp, nameOf(webhook.createdUserInfo ?? {}));
const log = await mindbridge.webhookEventLogs.get("66e0b1d3c2d81b0013fe5b17", { timeout: 5000 });
console.log(
  storedLog(log).status,
  isWebhookEventLogStatus(log.status) && WEBHOOK_EVENT_LOG_STATUSES.includes(log.status),
);

// What is newer than the package arrives as text.
const events: AnyWebhookEvent[] = [...webhook.events, "NEWER_THAN_THIS"];
const status: AnyWebhookStatus = webhook.status;
const known: WebhookEvent[] = events.filter(isWebhookEvent);
if (known.some((event) => !WEBHOOK_EVENTS.includes(event))) throw new Error("An event is known and not listed.");
if (isWebhookStatus(status) && !WEBHOOK_STATUSES.includes(status)) throw new Error("A status is known and not listed.");
switch (log.status) {
  case "IN_PROGRESS":
  case "COMPLETED":
  case "FAILED":
  case "FAILED_PERMANENTLY":
  case "DISCONNECTED":
    console.log("listed");
    break;
  default:
    console.log("newer");
}

const answer = await mindbridge.api.GET("/v1/webhooks/{webhookId}", { params: { path: { webhookId: webhook.id } } });
console.log(answer.data?.name);
const answeredLog = await mindbridge.api.GET("/v1/webhook-event-logs/{webhookEventId}", {
  params: { path: { webhookEventId: "66e0b1d3c2d81b0013fe5b17" } },
});
console.log(answeredLog.data?.webhookId);
console.log((await mindbridge.api.POST("/v1/webhooks", { body })).data?.publicKey);

const explain = (error: unknown): string => {
  if (error instanceof APIError) {
    const errorBody: ErrorBody = { body: error.body };
    return `${error.status} ${error.code} ${error.requestId} ${JSON.stringify(errorBody)}`;
  }
  return error instanceof MindBridgeError
    ? `${error.code} ${error.outcome} ${error.operation} ${error.attempts}`
    : String(error);
};
try {
  await mindbridge.webhooks.get("", { signal: AbortSignal.timeout(1000) });
  throw new Error("An empty id was taken.");
} catch (error) {
  if (!(error instanceof MindBridgeError)) throw error;
  console.log(explain(error));
}
console.log(typeof clientFromEnv);
