/**
 * How the types behave, for the type checker alone: an `@ts-expect-error` that expects none is an error of its own.
 */
import { expectTypeOf } from "vitest";
import {
  APIError,
  isWebhookEvent,
  MindBridge,
  MindBridgeError,
  type MindBridgeOptions,
  type Webhook,
  type WebhookCreate,
  type WebhookEvent,
  type WebhookPage,
} from "../../src/index.ts";

const client = new MindBridge({ tenant: "acme", token: async () => "token" });
const body: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com",
  technicalContactId: "1",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
};

export async function results(): Promise<void> {
  const webhook = await client.webhooks.create(body);
  expectTypeOf(webhook).toEqualTypeOf<Webhook>();
  expectTypeOf(webhook.id).toEqualTypeOf<string>();
  expectTypeOf(webhook.version).toEqualTypeOf<number>();
  // The values that are known stay apart from the open `string`, which is what keeps an editor completing them.
  expectTypeOf<(typeof webhook.events)[number]>().toEqualTypeOf<WebhookEvent | (string & {})>();
  expectTypeOf<(typeof webhook.events)[number]>().not.toEqualTypeOf<string>();
  const known = webhook.events.filter(isWebhookEvent);
  expectTypeOf(known).toEqualTypeOf<WebhookEvent[]>();
  await client.webhooks.create({ ...body, events: known });

  const { data, response } = await client.webhooks.get("1").withResponse();
  expectTypeOf(data).toEqualTypeOf<Webhook>();
  expectTypeOf(response).toEqualTypeOf<Response>();

  const result = await client.api.GET("/v1/webhooks/{webhookId}", { params: { path: { webhookId: "1" } } });
  if (result.data) expectTypeOf(result.data.id).toEqualTypeOf<string>();
}

export async function lists(): Promise<void> {
  const EVENTS = { done: "ANALYSIS_COMPLETE", failed: "ANALYSIS_FAILED" } as const;
  await client.webhooks.create({ ...body, events: Object.values(EVENTS) });
  await client.webhooks.create({ ...body, events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"] as const });
  await client.webhooks.query({}, { query: { sort: ["name,desc"] as const } });
  // What is read is the reader's.
  (await client.webhooks.get("1")).events.push("ANALYSIS_COMPLETE");
}

export async function changes(): Promise<void> {
  const webhook = await client.webhooks.get("1");
  // What was read, with a change, goes back in one line; so does what is listed alone.
  const changed = await client.webhooks.update(webhook.id, { ...webhook, status: "INACTIVE" });
  expectTypeOf(changed).toEqualTypeOf<Webhook | undefined>();
  await client.webhooks.update("1", { ...body, version: 1 });
  expectTypeOf(await client.webhooks.delete("1")).toEqualTypeOf<undefined>();
}

export async function pages(): Promise<void> {
  const query = client.webhooks.query({ status: "ACTIVE" }, { query: { size: 50, sort: ["name,desc"] } });
  expectTypeOf(await query).toEqualTypeOf<WebhookPage>();
  for await (const webhook of query) expectTypeOf(webhook).toEqualTypeOf<Webhook>();
  for await (const page of query.pages()) expectTypeOf(page.content).toEqualTypeOf<Webhook[]>();
  for await (const log of client.webhookEventLogs.query()) expectTypeOf(log.webhookId).toEqualTypeOf<string>();
}

export function refusals(): void {
  const read = {} as Webhook;
  // @ts-expect-error: a misspelt field
  void client.webhooks.update("1", { ...read, staus: "INACTIVE" });
  // @ts-expect-error: no version
  void client.webhooks.update("1", body);
  // @ts-expect-error: a filter that is no object
  void client.webhooks.query("ACTIVE");
  // @ts-expect-error: a misspelt parameter
  void client.webhooks.query({}, { query: { pageSize: 50 } });
  // @ts-expect-error: a misspelt event
  void client.webhooks.create({ ...body, events: ["ANALYSIS_COMPLETED"] });
  const { status: _status, ...withoutStatus } = body;
  // @ts-expect-error: a missing status
  void client.webhooks.create(withoutStatus);
  // @ts-expect-error: an unknown property
  void client.webhooks.create({ ...body, colour: "red" });
  // @ts-expect-error: an id that is no string
  void client.webhooks.get(1);
  // @ts-expect-error: an unknown option
  void client.webhooks.get("1", { timeOut: 1 });
  // @ts-expect-error: an unknown path
  void client.api.GET("/v1/webhook", {});
  // @ts-expect-error: both tenant and baseUrl
  void new MindBridge({ tenant: "acme", baseUrl: "https://example.com", token: "token" });
  // @ts-expect-error: neither tenant nor baseUrl
  void new MindBridge({ token: "token" });
  // @ts-expect-error: no token
  const options: MindBridgeOptions = { tenant: "acme" };
  void options;
}

export function narrowing(error: unknown): string {
  if (error instanceof APIError) expectTypeOf(error.status).toEqualTypeOf<number>();
  if (error instanceof MindBridgeError) {
    expectTypeOf(error.outcome).toEqualTypeOf<"not-sent" | "refused" | "unknown">();
    // @ts-expect-error: a code that does not exist
    if (error.code === "nonsense") return "never";
    return error.code;
  }
  return "";
}
