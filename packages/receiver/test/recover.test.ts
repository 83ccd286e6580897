import { MindBridge } from "@mindbridge-sdk/client";
import { expect, test, vi } from "vitest";
import { createTestApi } from "../../testing/src/test-api/index.ts";
import { createReceiver, type Delivery, memoryStore } from "../src/index.ts";
import { type RecoveryProgress, recoverDeliveries } from "../src/recover.ts";
import { deferred } from "./receiver/support.ts";

/** An API with a webhook, and a receiver of its deliveries. Each is received as `arrives` says: else it does not arrive. */
async function setUp(arrives: (count: number) => boolean = () => false) {
  let count = 0;
  let now = Date.UTC(2026, 2, 2);
  const lost = new Response(null, { status: 502 });
  const api = createTestApi({
    endpoint: (request) => (arrives(++count) ? receiver.fetch(request) : lost.clone()),
    attempts: 1,
    now: () => (now += 1000),
  });
  const mindbridge = new MindBridge({ tenant: "acme", token: "any", fetch: api.fetch, maxRetries: 0 });
  const webhook = await mindbridge.webhooks.create({
    name: "Close the books",
    url: "https://hooks.example.com/",
    technicalContactId: "1",
    events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
    status: "ACTIVE",
  });
  const handler = vi.fn<(delivery: Delivery) => unknown>();
  const receiver = createReceiver({ keys: webhook.publicKey, store: memoryStore(), now: () => now, log: false });
  receiver.on("analysis.completed", handler);
  const deliver = async (times: number) => {
    const logs = [];
    for (let each = 0; each < times; each++) logs.push(...(await api.deliver("analysis.completed")));
    return logs;
  };
  const recover = (options: Partial<Parameters<typeof recoverDeliveries>[2]> = {}) =>
    recoverDeliveries(mindbridge, receiver, { webhookId: webhook.id, ...options });
  return { api, mindbridge, webhook, receiver, handler, deliver, recover, now: () => now };
}

/** Headers with names in capitals, and lists of values. */
function inOtherForm(headers: object = {}): object {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
}

const NONE = { recovered: 0, "already-handled": 0, ignored: 0, held: 0, failed: 0, refused: 0 };

test("what was missed is handled once, over pages, and what was handled is not handled again", async () => {
  const { deliver, recover, handler } = await setUp((count) => count % 3 === 0);
  const logs = await deliver(12);
  expect(handler).toHaveBeenCalledTimes(4);
  const first = await recover({ pageSize: 3 });
  expect(first).toEqual({ counts: { ...NONE, recovered: 8 }, reasons: {}, since: logs.at(-2)?.creationDate });
  expect(handler).toHaveBeenCalledTimes(12);
  expect(new Set(handler.mock.calls.map(([{ id }]) => id))).toEqual(new Set(logs.map(({ id }) => id)));

  // All logs, those of deliveries that were taken too.
  const second = await recover({ statuses: ["COMPLETED", "FAILED_PERMANENTLY"] });
  expect(second.counts).toEqual({ ...NONE, "already-handled": 12 });
  expect(handler).toHaveBeenCalledTimes(12);
});

test("at most so many are handled at a time", async () => {
  const { deliver, recover, handler } = await setUp();
  const end = deferred();
  let [running, most] = [0, 0];
  handler.mockImplementation(async () => {
    most = Math.max(most, ++running);
    await end.promise;
    running--;
  });
  await deliver(10);
  const recovering = recover({ concurrency: 3 });
  await vi.waitUntil(() => running === 3);
  end.resolve();
  expect((await recovering).counts.recovered).toBe(10);
  expect(most).toBe(3);
});

test("since, statuses and the webhook say which logs, whatever the server answers", async () => {
  const { mindbridge, webhook, deliver, recover } = await setUp();
  const [, second, third] = await deliver(3);
  await mindbridge.webhooks.create({ ...webhook, events: ["ANALYSIS_COMPLETE"], status: "ACTIVE" } as never);
  await deliver(1);
  for (const filter of [undefined, {}]) {
    const { counts } = await recover({ since: second?.creationDate, statuses: ["FAILED_PERMANENTLY"], filter });
    expect(counts.recovered + counts["already-handled"]).toBe(3);
  }
  expect((await recover({ since: new Date(third?.creationDate ?? "") })).counts["already-handled"]).toBe(2);
  expect((await recover({ statuses: ["COMPLETED"] })).counts).toEqual(NONE);
});

test("what cannot be handled is counted with its reason, and since stays at the oldest that is not settled", async () => {
  const { api, receiver, deliver, recover, handler } = await setUp();
  handler.mockImplementation(({ id }) => {
    if (id === second?.id) throw new Error("no");
  });
  const [first, second, third] = await deliver(3);
  await api.deliver("analysis.failed");
  const seen: RecoveryProgress[] = [];
  const onProgress = (progress: RecoveryProgress) => {
    seen.push(progress);
    throw new Error("A log that fails must not end the recovery.");
  };
  expect(await recover({ concurrency: 1, onProgress })).toEqual({
    counts: { ...NONE, recovered: 2, ignored: 1, failed: 1 },
    reasons: { handler: 1 },
    since: second?.creationDate,
  });
  expect(seen.map(({ log, outcome, since }) => [log.id, outcome, since])).toEqual([
    [first?.id, "recovered", first?.creationDate],
    [second?.id, "failed", second?.creationDate],
    [third?.id, "recovered", second?.creationDate],
    [expect.any(String), "ignored", second?.creationDate],
  ]);
  await receiver.close();
  expect((await recover()).reasons).toEqual({ closing: 4 });
});

test("a log without its signature or its body is refused, and says so", async () => {
  const { webhook, receiver, deliver } = await setUp();
  const [log] = await deliver(1);
  const { "webhook-signature": _, ...headers } = Object(log?.requestHeaders) as Record<string, unknown>;
  const kept = [
    { ...log, id: "1", requestHeaders: headers },
    { ...log, id: "2", requestHeaders: undefined },
    { ...log, id: "3", requestBody: undefined },
    { ...log, id: "4", requestBody: `${log?.requestBody} ` },
    { ...log, id: "5", requestHeaders: inOtherForm(log?.requestHeaders) },
  ];
  const { fetch } = createTestApi({ entities: { webhookEventLogs: kept } });
  const client = new MindBridge({ tenant: "acme", token: "any", fetch });
  const seen: RecoveryProgress[] = [];
  const { counts, reasons } = await recoverDeliveries(client, receiver, {
    webhookId: webhook.id,
    onProgress: (progress) => seen.push(progress),
  });
  expect(counts).toEqual({ ...NONE, recovered: 1, refused: 4 });
  expect(reasons).toEqual({ missing_header: 2, missing_body: 1, signature_mismatch: 1 });
  const reasonOf = (id: string) => String(seen.find((each) => each.log.id === id)?.error);
  expect(reasonOf("1")).toContain("webhook-signature header is missing, so nobody can verify");
  expect(reasonOf("3")).toContain("no requestBody, so nobody can verify");
});

test("a signal ends it: no further delivery is begun, and those that run are told", async () => {
  const { deliver, recover, handler } = await setUp();
  const controller = new AbortController();
  handler.mockImplementation(() => controller.abort("enough"));
  await deliver(5);
  await expect(recover({ concurrency: 1, signal: controller.signal })).rejects.toBe("enough");
  expect(handler).toHaveBeenCalledOnce();
  expect((await recover()).counts.recovered).toBeGreaterThanOrEqual(4);
});

test("an error of the client and an option that cannot work reject", async () => {
  const { api, recover } = await setUp();
  api.fail("webhookEventLogs.query", { status: 403 });
  await expect(recover()).rejects.toMatchObject({ name: "PermissionDeniedError" });
  for (const [options, message] of [
    [{ webhookId: "" }, "webhookId is missing"],
    [{ concurrency: 0 }, "concurrency is"],
    [{ pageSize: Number.NaN }, "pageSize is"],
    [{ status: ["COMPLETED"] }, 'recoverDeliveries has no option "status"'],
    [{ since: "yesterday" }, "since is"],
    [{ statuses: [] }, "statuses is empty. Name at least one of IN_PROGRESS, "],
    [{ statuses: ["FAIL"] }, 'no status "FAIL". Did you mean FAILED? It has IN_PROGRESS, '],
    [{ statuses: ["failed_permanently"] }, "Did you mean FAILED_PERMANENTLY?"],
    [{ statuses: ["LOST"] }, 'no status "LOST". It has IN_PROGRESS, '],
  ] as const) {
    const rejected = { code: "configuration", message: expect.stringContaining(message) };
    await expect(recover(options as never)).rejects.toMatchObject(rejected);
  }
});

test("a webhook without a log is asked for: a wrong id is no all-clear, and since stays as it was given", async () => {
  const { recover, deliver } = await setUp();
  expect(await recover()).toEqual({ counts: NONE, reasons: {}, since: undefined });
  const since = "2026-03-02T00:00:00.000Z";
  expect((await recover({ since })).since).toBe(since);
  expect((await recover({ since: new Date(since) })).since).toBe(since);
  await deliver(1);
  for (const filter of [undefined, {}]) {
    await expect(recover({ webhookId: "66e0a4f7c2d81b0013fe5a99", filter })).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

test("no log is passed over when the status of others changes between two pages", async () => {
  const { api, webhook, receiver, deliver, handler } = await setUp();
  const logs = await deliver(6);
  let pages = 0;
  // After the first page, MindBridge's own retries of the two oldest succeed.
  const changing: typeof fetch = async (input, init) => {
    const { url } = new Request(input, init);
    if (!url.includes("/query") || pages++ === 0) return api.fetch(input, init);
    const entities = logs.map((log, index) => ({ ...log, ...(index < 2 && { status: "COMPLETED" }) }));
    return createTestApi({ entities: { webhookEventLogs: entities } }).fetch(input, init);
  };
  const mindbridge = new MindBridge({ tenant: "acme", token: "any", fetch: changing });
  const { counts, since } = await recoverDeliveries(mindbridge, receiver, { webhookId: webhook.id, pageSize: 2 });
  expect(pages).toBeGreaterThanOrEqual(3);
  expect(counts).toEqual({ ...NONE, recovered: 6 });
  expect(handler).toHaveBeenCalledTimes(6);
  expect(since).toBe(logs.at(-1)?.creationDate);
});

test("since stays before a delivery that is still in progress", async () => {
  const { webhook, receiver, deliver } = await setUp();
  const logs = await deliver(3);
  const entities = logs.map((log, index) => ({ ...log, ...(index === 1 && { status: "IN_PROGRESS" }) }));
  const { fetch } = createTestApi({ entities: { webhookEventLogs: entities } });
  const mindbridge = new MindBridge({ tenant: "acme", token: "any", fetch });
  const { counts, since } = await recoverDeliveries(mindbridge, receiver, { webhookId: webhook.id });
  expect(counts).toEqual({ ...NONE, recovered: 2 });
  expect(since).toBe(logs[1]?.creationDate);
});

test("after a wrong setting is corrected, since leaves out none of what it refused or ignored", async () => {
  const { mindbridge, webhook, receiver, deliver } = await setUp();
  const [first] = await deliver(5);
  const other = await mindbridge.webhooks.create({ ...webhook, name: "Other", status: "INACTIVE" } as never);
  const wrong = [
    createReceiver({ keys: { another: other.publicKey }, store: memoryStore(), log: false }).on(
      "analysis.completed",
      () => {},
    ),
    createReceiver({ keys: other.publicKey, store: memoryStore(), log: false }).on("analysis.completed", () => {}),
    // No handler for the type.
    createReceiver({ keys: webhook.publicKey, store: memoryStore(), log: false }).on("analysis.failed", () => {}),
  ];
  for (const each of wrong) {
    const { counts, since } = await recoverDeliveries(mindbridge, each, { webhookId: webhook.id });
    expect(counts.refused + counts.ignored).toBe(5);
    expect(since).toBe(first?.creationDate);
  }
  const { counts } = await recoverDeliveries(mindbridge, receiver, {
    webhookId: webhook.id,
    since: first?.creationDate,
  });
  expect(counts.recovered).toBe(5);
});

test("every refusal has an error", async () => {
  const { webhook, receiver, deliver } = await setUp();
  const [log] = await deliver(1);
  const requestHeaders = { ...log?.requestHeaders, "content-type": "text/plain" };
  const { fetch } = createTestApi({ entities: { webhookEventLogs: [{ ...log, requestHeaders }] } });
  const mindbridge = new MindBridge({ tenant: "acme", token: "any", fetch });
  const onProgress = vi.fn<(progress: RecoveryProgress) => void>();
  await recoverDeliveries(mindbridge, receiver, { webhookId: webhook.id, onProgress });
  expect(onProgress.mock.calls[0]?.[0]).toMatchObject({
    code: "unsupported_media_type",
    error: { message: "It was not handled: unsupported_media_type." },
  });
});
