import { MindBridge } from "@mindbridge-sdk/client";
import { isWebhookEvent } from "@mindbridge-sdk/contract";
import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { expect, test, vi } from "vitest";
import { subscriptions } from "../../src/generated/deliveries.ts";
import { type AnsweredRequest, createTestApi, type TestApiOptions } from "../../src/test-api/index.ts";

const create = EXAMPLES["webhooks.create"].request.analysisResults;

function setUp(options: TestApiOptions = {}) {
  const api = createTestApi(options);
  const mindbridge = new MindBridge({ tenant: "acme", token: "any-token", maxRetries: 0, fetch: api.fetch });
  return { api, mindbridge };
}

test("what was created is read, changed, found and deleted", async () => {
  const { mindbridge } = setUp({ now: () => Date.UTC(2026, 2, 2) });
  const webhook = await mindbridge.webhooks.create(create);
  expect(webhook).toMatchObject({ ...create, version: 1, creationDate: "2026-03-02T00:00:00.000Z" });
  expect(webhook.publicKey).toMatch(/^whpk_.{44}$/);
  expect(await mindbridge.webhooks.get(webhook.id)).toEqual(webhook);

  const changed = await mindbridge.webhooks.update(webhook.id, { ...webhook, status: "INACTIVE" });
  expect(changed).toEqual({ ...webhook, status: "INACTIVE", version: 2 });
  expect((await mindbridge.webhooks.query()).content).toEqual([changed]);

  expect(await mindbridge.webhooks.delete(webhook.id)).toBeUndefined();
  await expect(mindbridge.webhooks.get(webhook.id)).rejects.toMatchObject({ name: "NotFoundError" });
  await expect(mindbridge.webhooks.delete(webhook.id)).rejects.toMatchObject({ name: "NotFoundError" });
});

test("two webhooks have ids and keys of their own", async () => {
  const { mindbridge } = setUp();
  const [one, other] = [await mindbridge.webhooks.create(create), await mindbridge.webhooks.create(create)];
  expect(one.id).not.toBe(other.id);
  expect(one.publicKey).not.toBe(other.publicKey);
  expect((await mindbridge.webhooks.query()).totalElements).toBe(2);
});

test("an update with a stale version is refused, and changes nothing", async () => {
  const { mindbridge } = setUp();
  const webhook = await mindbridge.webhooks.create(create);
  await mindbridge.webhooks.update(webhook.id, { ...webhook, name: "One" });
  await expect(mindbridge.webhooks.update(webhook.id, { ...webhook, name: "Other" })).rejects.toMatchObject({
    name: "ConflictError",
    body: { message: "version is 1, and the latest is 2." },
  });
  expect((await mindbridge.webhooks.get(webhook.id)).name).toBe("One");
});

test("a request that the contract refuses is refused with a list, and read-only properties are ignored", async () => {
  const { api, mindbridge } = setUp();
  await expect(mindbridge.webhooks.create({ ...create, events: [] })).rejects.toMatchObject({
    name: "UnprocessableEntityError",
    body: { validation: [{ location: ["body", "events"], code: "minItems" }] },
  });
  const send = (body: string, path = "/v1/webhooks") =>
    api.fetch(`https://any.example/api${path}`, { method: "POST", headers: { authorization: "Bearer any" }, body });
  for (const body of ["", "{", "null", JSON.stringify({ ...create, nmae: "" })])
    expect((await send(body)).status).toBe(422);
  const readOnly = await send(JSON.stringify({ ...create, id: "mine", version: 7, publicKey: "mine" }));
  expect(await readOnly.json()).toMatchObject({ id: expect.not.stringMatching("mine"), version: 1 });
  expect((await send("{}", "/v1/elsewhere")).status).toBe(404);
});

test("a webhook with a URL that MindBridge refuses is refused, also when it is changed; one of this machine is not", async () => {
  const { mindbridge } = setUp();
  const refusals: string[] = [];
  for (const url of [
    "http://hooks.example.com/a",
    "hooks.example.com",
    "https://hooks.local/a",
    "https://hooks.azure.com.",
    "https://microsoft.net",
    "https://acme.MindBridge.ai/api",
    "https://mindbridge.com:8443",
  ]) {
    const refused = await mindbridge.webhooks.create({ ...create, url }).catch((error) => error);
    const [{ location, message }] = refused.body.validation;
    expect({ status: refused.status, location }).toEqual({ status: 422, location: ["body", "url"] });
    refusals.push(message);
  }
  const https = "MindBridge delivers to https: addresses alone";
  const hosts = ["local", "azure.com", "microsoft.net", "mindbridge.ai", "mindbridge.com"];
  expect(refusals).toEqual([https, https, ...hosts.map((host) => `MindBridge does not deliver to ${host}`)]);
  for (const url of ["http://127.0.0.1:3000", "http://localhost/a", "https://notazure.com", "https://local.example"]) {
    const webhook = await mindbridge.webhooks.create({ ...create, url });
    await expect(
      mindbridge.webhooks.update(webhook.id, { ...webhook, url: "http://hooks.example.com" }),
    ).rejects.toMatchObject({ status: 422 });
    expect((await mindbridge.webhooks.get(webhook.id)).url).toBe(url);
  }
});

test("a request needs a token: any, or the one that is given", async () => {
  const { api } = setUp({ token: "the-token" });
  const status = async (headers: HeadersInit) =>
    (await api.fetch("https://any.example/api/v1/webhooks/1", { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: "Bearer another" })).toBe(401);
  expect(await status({ authorization: "Bearer the-token" })).toBe(404);
});

test("what is given at the start is there", async () => {
  const webhook = EXAMPLES["webhooks.get"].responses[200].webhook;
  const { mindbridge } = setUp({ entities: { webhooks: [webhook] } });
  expect(await mindbridge.webhooks.get(webhook.id)).toEqual(webhook);
});

test("a query has pages, an order and the published operators", async () => {
  const { mindbridge } = setUp();
  for (const name of ["b", "a", "Ac", "d"]) {
    await mindbridge.webhooks.create({ ...create, name, events: name === "d" ? ["DATA_ADDED"] : create.events });
  }
  const names = async (filter: Record<string, unknown>, query?: { sort?: string[]; size?: number; page?: number }) => {
    const found = [];
    for await (const { name } of mindbridge.webhooks.query(filter, { query })) found.push(name);
    return found;
  };
  expect(await names({}, { sort: ["name,desc"], size: 3 })).toEqual(["d", "b", "a", "Ac"]);
  expect(await names({}, { sort: ["status", "name"], size: 1, page: 2 })).toEqual(["b", "d"]);
  expect(await names({ name: "a" })).toEqual(["a"]);
  expect(await names({ name: { $eq: "a" }, status: "ACTIVE" })).toEqual(["a"]);
  expect(await names({ name: { $ne: "a" } })).toEqual(["b", "Ac", "d"]);
  expect(await names({ name: { $gte: "a", $lt: "b" } })).toEqual(["a"]);
  expect(await names({ name: { $iprefix: "A" } })).toEqual(["a", "Ac"]);
  expect(await names({ $or: [{ name: "a" }, { $and: [{ name: "b" }, { version: 1 }] }] })).toEqual(["b", "a"]);
  expect(await names({ events: "DATA_ADDED" })).toEqual(["d"]);
  expect(await names({ creationDate: { $lt: "2100-01-01T00:00:00+01:00" }, noSuchField: 1 })).toEqual([]);

  const page = await mindbridge.webhooks.query({}, { query: { size: 3, page: 1 } });
  expect(page).toMatchObject({ number: 1, size: 3, totalPages: 2, totalElements: 4, first: false, last: true });
});

test("a query that the vendor does not describe is refused", async () => {
  const { mindbridge } = setUp();
  for (const [filter, query, location] of [
    [{ name: { $regex: "a" } }, {}, ["body", "name", "$regex"]],
    [{ $and: [{ $not: {} }] }, {}, ["body", "$and", "0", "$not"]],
    [{ $or: {} }, {}, ["body", "$or"]],
    [{}, { size: 0 }, ["query", "size"]],
    [{}, { page: -1 }, ["query", "page"]],
    [{}, { page: 0.5 }, ["query", "page"]],
  ] as const) {
    await expect(mindbridge.webhooks.query(filter, { query })).rejects.toMatchObject({
      body: { validation: [{ location }] },
    });
  }
});

test("a failure comes once, before the operation or after it", async () => {
  const { api, mindbridge } = setUp();
  const count = async () => (await mindbridge.webhooks.query()).totalElements;
  api.fail("webhooks.create", { status: 503 });
  await expect(mindbridge.webhooks.create(create)).rejects.toMatchObject({ status: 503, outcome: "unknown" });
  expect(await count()).toBe(0);
  api.fail("webhooks.create", { status: 503, after: "done" });
  await expect(mindbridge.webhooks.create(create)).rejects.toMatchObject({ status: 503, outcome: "unknown" });
  expect(await count()).toBe(1);
  await mindbridge.webhooks.create(create);
  expect(await count()).toBe(2);
  // @ts-expect-error -- an operation that there is not
  expect(() => api.fail("webhooks.read", { status: 503 })).toThrow("no operation webhooks.read");
});

test("a failure may be a limit, a cut connection or silence, as often as asked", async () => {
  const { api, mindbridge } = setUp();
  api.fail("webhooks.get", { status: 429, times: 2 });
  api.fail("webhooks.get", { status: 429, headers: { "x-user-hour-limit-remaining": "7" }, body: { message: "no" } });
  const get = () => mindbridge.webhooks.get("1", { timeout: 20 });
  for (const expected of [{ retryAfter: 1000 }, { retryAfter: 1000 }, { retryAfter: 7000, body: { message: "no" } }]) {
    await expect(get()).rejects.toMatchObject({ name: "RateLimitError", ...expected });
  }
  api.fail("webhooks.create", { connection: "cut", after: "done" });
  await expect(mindbridge.webhooks.create(create)).rejects.toMatchObject({
    name: "ConnectionError",
    outcome: "unknown",
  });
  expect((await mindbridge.webhooks.query()).totalElements).toBe(1);
  api.fail("webhooks.get", { connection: "silent" });
  await expect(get()).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(get()).rejects.toMatchObject({ name: "NotFoundError" });
});

test("a failure with a wrong name or value is refused", () => {
  const { api } = setUp();
  for (const [failure, message] of [
    [{ statsu: 503 }, "give either status or connection. It has statsu."],
    [{}, "give either status or connection. It has nothing."],
    [{ status: 503, connection: "cut" }, "give either status or connection. It has status, connection."],
    [{ status: 503, header: {} }, "there is no header here. There are status, body, headers, after, times."],
    [{ connection: "cut", body: {} }, "there is no body here. There are connection, after, times."],
    [{ connection: "cuts" }, 'connection is "cut" or "silent".'],
    [{ status: 1000 }, "status is a number from 200 to 599."],
    [{ status: "503" }, "status is a number from 200 to 599."],
    [{ status: 503, after: "don" }, 'after is "done", or left out.'],
    [{ status: 503, times: 0 }, "times is a whole number of at least 1."],
    [{ status: 503, times: -1 }, "times is a whole number of at least 1."],
  ] as const) {
    const fail = () => api.fail("webhooks.get", failure as never);
    expect(fail, JSON.stringify(failure)).toThrow(`fail: ${message}`);
  }
  // @ts-expect-error -- an answer and no answer
  expect(() => api.fail("webhooks.get", { status: 503, connection: "cut" })).toThrow(TypeError);
});

test("a resource that the contract does not have is refused", () => {
  // @ts-expect-error -- misspelt
  expect(() => createTestApi({ entities: { webhoks: [] } })).toThrow(
    /^createTestApi: the contract has no webhoks\. entities has (?:\S+, )*webhooks, webhookEventLogs\b/,
  );
});

test("every published type of delivery has an event that the contract lists, and another has one at most", () => {
  expect(Object.keys(subscriptions)).toEqual(expect.arrayContaining(["analysis.completed", "analysis.failed"]));
  expect(DELIVERY_TYPES).toEqual(expect.arrayContaining(Object.keys(subscriptions)));
  expect(Object.values(subscriptions).every(isWebhookEvent)).toBe(true);
});

test("over HTTP it does the same, delivers when it is asked, and tells of each request", async () => {
  const answered: AnsweredRequest[] = [];
  const seen: string[] = [];
  const { api } = setUp({
    endpoint: (request) => {
      seen.push(request.url);
      return new Response(null, { status: 204 });
    },
  });
  await using server = await api.listen({ onAnswer: (request) => answered.push(request) });
  const mindbridge = new MindBridge({ baseUrl: server.url, token: "any-token", maxRetries: 0 });
  const webhook = await mindbridge.webhooks.create(create);
  expect(await mindbridge.webhooks.get(webhook.id)).toEqual(webhook);
  await mindbridge.webhooks.delete(webhook.id);
  await mindbridge.webhooks.create(create);

  const deliver = async (body: object) => {
    const answer = await fetch(`${server.url}/test/deliver`, { method: "POST", body: JSON.stringify(body) });
    return answer.json();
  };
  expect(await deliver({ type: "analysis.completed" })).toMatchObject({ logs: [{ status: "COMPLETED" }], skipped: [] });
  expect(await deliver({})).toHaveProperty("message");
  expect(await deliver({ type: "new.type" })).toMatchObject({ message: expect.stringContaining("give subscription") });
  const statusOf = async (headers: HeadersInit) => (await fetch(server.url, { headers })).status;
  expect(await statusOf({ origin: "https://page.example.com" })).toBe(403);
  expect(seen).toEqual([create.url]);
  await expect(mindbridge.webhooks.create({ ...create, url: "http://hooks.example.com" })).rejects.toThrow();

  api.fail("webhooks.create", { connection: "cut" });
  await expect(mindbridge.webhooks.create(create)).rejects.toMatchObject({ name: "ConnectionError" });
  api.fail("webhooks.create", { connection: "silent" });
  await expect(mindbridge.webhooks.create(create, { timeout: 50 })).rejects.toMatchObject({ name: "TimeoutError" });
  await vi.waitUntil(() => answered.length === 11);
  const webhookPath = `/v1/webhooks/${webhook.id}`;
  expect(answered.map(({ method, path, status, reason }) => [method, path, status, reason])).toEqual([
    ["POST", "/v1/webhooks", 201, undefined],
    ["GET", webhookPath, 200, undefined],
    ["DELETE", webhookPath, 204, undefined],
    ["POST", "/v1/webhooks", 201, undefined],
    ["POST", "/test/deliver", 200, undefined],
    ["POST", "/test/deliver", 422, 'Give { "type": "analysis.completed" }.'],
    ["POST", "/test/deliver", 422, expect.stringContaining("give subscription")],
    ["GET", "/", 403, undefined],
    ["POST", "/v1/webhooks", 422, "body.url: MindBridge delivers to https: addresses alone"],
    ["POST", "/v1/webhooks", undefined, expect.stringContaining("as the test asked for")],
    ["POST", "/v1/webhooks", undefined, "The client broke off."],
  ]);
  expect(answered.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
});
