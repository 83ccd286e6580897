import { MindBridge } from "@mindbridge-sdk/client";
import type { WebhookEventLog } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { isWebhookEventLog } from "@mindbridge-sdk/contract/validators";
import { createReceiver, memoryStore, rotatingKeys } from "@mindbridge-sdk/receiver";
import { expect, test } from "vitest";
import { createTestSigner } from "../../src/index.ts";
import { createTestApi, type TestApiOptions } from "../../src/test-api/index.ts";

const create = EXAMPLES["webhooks.create"].request.analysisResults;

/** An API that delivers to answers in their order: a status, or an error. */
function setUp(answers: readonly (number | Error)[], options: TestApiOptions = {}) {
  const requests: { url: string; headers: Headers; body: string }[] = [];
  const api = createTestApi({
    endpoint: async (request) => {
      requests.push({ url: request.url, headers: request.headers, body: await request.text() });
      const answer = answers[requests.length - 1] ?? 204;
      if (answer instanceof Error) throw answer;
      return new Response(null, { status: answer, headers: { "x-answered": "yes" } });
    },
    ...options,
  });
  return {
    api,
    requests,
    mindbridge: new MindBridge({ tenant: "acme", token: "any", maxRetries: 0, fetch: api.fetch }),
  };
}

/** Whether a key signed the delivery in a log. */
async function isSignedBy(publicKey: string, log: WebhookEventLog | undefined): Promise<boolean> {
  const headers = new Headers(log?.requestHeaders as Record<string, string>);
  const [, signature = ""] = headers.get("webhook-signature")?.split(",") ?? [];
  const content = `${log?.id}.${headers.get("webhook-timestamp")}.${log?.requestBody}`;
  const raw = Buffer.from(publicKey.slice(5), "base64");
  const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, Buffer.from(signature, "base64"), Buffer.from(content));
}

test("a delivery is signed with the key of its webhook, and logged", async () => {
  const { api, requests, mindbridge } = setUp([]);
  const webhook = await mindbridge.webhooks.create(create);
  const [log] = await api.deliver("analysis.completed", { body: { data: { analysisId: "42" } } });
  const [request] = requests;
  const body = JSON.parse(request?.body ?? "");
  expect(body).toMatchObject({ type: "analysis.completed", senderId: webhook.id, data: { analysisId: "42" } });
  expect(request?.url).toBe(create.url);
  expect(log).toMatchObject({
    id: request?.headers.get("webhook-id"),
    webhookId: webhook.id,
    status: "COMPLETED",
    eventType: "analysis.completed",
    url: create.url,
    requestBody: request?.body,
    requestHeaders: { "webhook-signature": request?.headers.get("webhook-signature") },
    responseStatusCode: 204,
    responseHeaders: { "x-answered": "yes" },
    retryCount: 0,
  });
  expect(body.eventId).toBe(log?.id);
  expect(isWebhookEventLog.problems(log)).toEqual([]);
  expect(await mindbridge.webhookEventLogs.get(log?.id ?? "")).toEqual(log);
  expect(await isSignedBy(webhook.publicKey, log)).toBe(true);
});

test("only a webhook that is active and has subscribed gets a delivery", async () => {
  const { api, requests, mindbridge } = setUp([]);
  await mindbridge.webhooks.create({ ...create, status: "INACTIVE" });
  await mindbridge.webhooks.create({ ...create, events: ["ANALYSIS_FAILED"] });
  expect(await api.deliver("analysis.completed")).toEqual([]);
  expect(await api.deliver("analysis.failed")).toHaveLength(1);
  expect(requests).toHaveLength(1);
});

test("a delivery that is not taken is sent again under its id, signed anew, and given up", async () => {
  let seconds = 1_772_442_905;
  const { api, requests, mindbridge } = setUp([500, new Error("no"), 503, 500, 204], { now: () => seconds++ * 1000 });
  await mindbridge.webhooks.create(create);
  const [failed] = await api.deliver("analysis.completed");
  expect(failed).toMatchObject({ status: "FAILED_PERMANENTLY", responseStatusCode: 503, retryCount: 2 });
  const [completed] = await api.deliver("analysis.completed");
  expect(completed).toMatchObject({ status: "COMPLETED", responseStatusCode: 204, retryCount: 1 });
  const sent = requests.map(({ headers }) => [headers.get("webhook-id"), headers.get("webhook-timestamp")]);
  expect(sent.map(([id]) => id)).toEqual([failed?.id, failed?.id, failed?.id, completed?.id, completed?.id]);
  expect(new Set(sent.map(([, timestamp]) => timestamp)).size).toBe(5);

  const failures = await mindbridge.webhookEventLogs.query({ status: { $ne: "COMPLETED" } });
  expect(failures.content.map(({ id }) => id)).toEqual([failed?.id]);
});

test("an endpoint that does not answer in time is disconnected", async () => {
  const { api, mindbridge } = setUp([], { endpoint: () => new Promise(() => {}), attempts: 1, timeout: 10 });
  await mindbridge.webhooks.create(create);
  const [log] = await api.deliver("analysis.completed");
  expect(log).toMatchObject({ status: "DISCONNECTED" });
  expect(log).not.toHaveProperty("responseStatusCode");
  expect(isWebhookEventLog.problems(log)).toEqual([]);
});

test("a type that the contract does not list needs its subscription", async () => {
  const { api, requests, mindbridge } = setUp([]);
  await mindbridge.webhooks.create({ ...create, events: ["ENGAGEMENT_CREATED"] });
  await expect(api.deliver("engagement.created")).rejects.toThrow("give subscription");
  await api.deliver("engagement.created", {
    subscription: "ENGAGEMENT_CREATED",
    body: { data: { engagementId: "1" } },
  });
  expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({
    type: "engagement.created",
    data: { engagementId: "1" },
  });
  await expect(api.deliver("new.type", { subscription: "ANALYSIS_DONE" })).rejects.toThrow(
    "the contract has no event ANALYSIS_DONE, and no webhook has subscribed to it. subscription is one of ",
  );
});

test("an update takes an event that the contract does not list, and it is delivered", async () => {
  const { api, mindbridge } = setUp([]);
  const webhook = await mindbridge.webhooks.create(create);
  await mindbridge.webhooks.update(webhook.id, { ...webhook, events: ["NEWER_EVENT"] as never });
  expect(await api.deliver("newer.event", { subscription: "NEWER_EVENT" })).toHaveLength(1);
});

test("without an endpoint, nothing is sent to another machine, nor to this one before that is known", async () => {
  const { api, mindbridge } = setUp([], { endpoint: undefined });
  await mindbridge.webhooks.create({ ...create, url: "http://127.0.0.1:9/" });
  for (const url of [create.url, "https://localhost.example.com/", "https://127.0.0.1.example.com/"]) {
    const { id } = await mindbridge.webhooks.create({ ...create, url });
    await expect(api.deliver("analysis.completed")).rejects.toThrow("may be another machine");
    await mindbridge.webhooks.delete(id);
  }
  expect((await mindbridge.webhookEventLogs.query()).content).toEqual([]);
});

test("a key that is rotated is found by a receiver with rotatingKeys, without a restart", async () => {
  const { api, mindbridge } = setUp([], { endpoint: (request) => receiver.fetch(request), attempts: 1 });
  const { id, version, publicKey } = await mindbridge.webhooks.create(create);
  const keys = rotatingKeys(async (sender) => (await mindbridge.webhooks.get(sender)).publicKey, {
    senders: [id],
    minInterval: 0,
  });
  const receiver = createReceiver({ keys, store: memoryStore() }).on("analysis.completed", () => {});
  expect(await api.deliver("analysis.completed")).toMatchObject([{ status: "COMPLETED" }]);

  const rotated = await api.rotateKey(id);
  expect(rotated).not.toBe(publicKey);
  expect(await mindbridge.webhooks.get(id)).toMatchObject({ publicKey: rotated, version: version + 1 });
  const [log] = await api.deliver("analysis.completed");
  expect(log).toMatchObject({ status: "COMPLETED" });
  expect(await isSignedBy(rotated, log)).toBe(true);
  await expect(api.rotateKey("nobody")).rejects.toThrow("there is no webhook nobody");
});

test("a webhook that was given signs with the published test key, or with a key of its own, or not at all", async () => {
  const { publicKey } = await createTestSigner();
  const webhook = { ...EXAMPLES["webhooks.get"].responses[200].webhook };
  expect(await setUp([], { entities: { webhooks: [webhook] } }).api.deliver("analysis.completed")).toHaveLength(1);
  const { api } = setUp([], { entities: { webhooks: [{ ...webhook, publicKey }] } });
  await expect(api.deliver("analysis.completed")).rejects.toThrow("Leave publicKey out");

  const { publicKey: _, ...withoutKey } = webhook;
  const seeded = setUp([], { entities: { webhooks: [withoutKey] } });
  const [log] = await seeded.api.deliver("analysis.completed");
  const { publicKey: made } = await seeded.mindbridge.webhooks.get(webhook.id);
  expect(await isSignedBy(made, log)).toBe(true);
  expect(await isSignedBy(publicKey, log)).toBe(false);
});
