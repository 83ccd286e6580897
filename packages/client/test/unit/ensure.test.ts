import { describe, expect, expectTypeOf, test } from "vitest";
import { type EnsuredWebhook, type EnsureOptions, ensureWebhook, type PlannedWebhook } from "../../src/ensure.ts";
import { MindBridge, type Webhook, type WebhookCreate } from "../../src/index.ts";
import { type Fault, type WebhooksApi, webhooksApi } from "./webhooks-api.ts";

const WANTED: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2",
  events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
  status: "ACTIVE",
};
const THERE: Webhook = { ...WANTED, events: [...WANTED.events], id: "there", version: 3, publicKey: "whpk_there" };
const other = (id: string): Webhook => ({ ...THERE, id, name: `Other ${id}`, url: `https://hooks.example.com/${id}` });
const CREATE = "POST /v1/webhooks";
const UPDATE = "PUT /v1/webhooks/there";

const ensure = (api: WebhooksApi, wanted: Partial<WebhookCreate> = {}, options: EnsureOptions = {}) => {
  const mindbridge = new MindBridge({ baseUrl: "http://127.0.0.1:1", token: "token", maxRetries: 0, fetch: api.fetch });
  return ensureWebhook(mindbridge, { ...WANTED, ...wanted }, { lookAfter: 0, ...options });
};
const writes = ({ requests }: WebhooksApi) => requests.filter((each) => each === CREATE || !/^(?:GET|POST)/.test(each));

/** Faults for the first requests of a kind, in their order. */
function faults(of: string, ...list: (Fault | undefined)[]): WebhooksApi["before"] {
  return (request) => (request === of ? list.shift() : undefined);
}

describe("a webhook", () => {
  test("that is not there is created", async () => {
    const api = webhooksApi(other("a"), other("b"), other("c"));
    const { action, webhook, changes } = await ensure(api);
    expect({ action, changes }).toEqual({ action: "created", changes: [] });
    expect(webhook).toEqual({ ...WANTED, id: "made-1", version: 1, publicKey: "whpk_made" });
    expect(writes(api)).toEqual([CREATE]);
  });

  test("that is there as it is wanted is left alone, whatever the order of its events", async () => {
    const api = webhooksApi(other("a"), other("b"), THERE);
    const events = ["ANALYSIS_FAILED", "ANALYSIS_COMPLETE", "ANALYSIS_FAILED"] as const;
    expect(await ensure(api, { events: [...events] })).toEqual({ action: "unchanged", webhook: THERE, changes: [] });
    expect(writes(api)).toEqual([]);
  });

  test("that differs is changed, with the version that was read and nothing but what is wanted", async () => {
    const api = webhooksApi(THERE);
    const events: WebhookCreate["events"] = ["ANALYSIS_COMPLETE"];
    const { action, webhook, changes } = await ensure(api, { events, status: "INACTIVE" });
    expect(action).toBe("changed");
    expect(webhook).toEqual({ ...THERE, events, status: "INACTIVE", version: 4 });
    expect(changes).toEqual([
      { field: "events", before: THERE.events, after: events },
      { field: "status", before: "ACTIVE", after: "INACTIVE" },
    ]);
    expect(writes(api)).toEqual([UPDATE]);
  });

  test("that is there twice is an error that lists both, and nothing is written", async () => {
    const api = webhooksApi(THERE, other("a"), { ...THERE, id: "again" });
    await expect(ensure(api)).rejects.toMatchObject({
      name: "SeveralWebhooksError",
      code: "several_webhooks",
      outcome: "not-sent",
      webhooks: [{ id: "there" }, { id: "again" }],
      message: expect.stringMatching(/2 webhooks have the name "Close the books": there \(.*again \(.*pass the id/),
    });
    expect(writes(api)).toEqual([]);
  });

  test("is found by its url, and its name is then changed", async () => {
    const { action, changes } = await ensure(webhooksApi(THERE), { name: "New" }, { match: "url" });
    expect({ action, changes }).toEqual({
      action: "changed",
      changes: [{ field: "name", before: THERE.name, after: "New" }],
    });
  });

  test("is found by its id among several of its name, and never created by it", async () => {
    const api = webhooksApi(THERE, { ...THERE, id: "again" });
    expect((await ensure(api, {}, { id: "again" })).webhook?.id).toBe("again");
    await expect(ensure(api, {}, { id: "gone" })).rejects.toMatchObject({ code: "not_found" });
    expect(writes(api)).toEqual([]);
  });

  test("that is ensured a hundred times in a row is one webhook", async () => {
    const api = webhooksApi(other("a"));
    const actions: string[] = [];
    for (let run = 0; run < 100; run++) actions.push((await ensure(api)).action);
    expect(actions).toEqual(["created", ...Array.from({ length: 99 }, () => "unchanged")]);
    expect(api.webhooks).toHaveLength(2);
  });
});

describe("a mistake of a JavaScript program", () => {
  test.each<[object | null, string]>([
    [{ match: "uri" }, 'match must be "name" or "url"'],
    [{ match: null }, 'match must be "name" or "url"'],
    [{ match: "Name" }, 'match must be "name" or "url"'],
    [{ id: null }, "id must be the id of a webhook"],
    [{ id: "" }, "id must be the id of a webhook"],
    [{ dryrun: true }, 'there is no option "dryrun". The options are match, id, dryRun, lookAfter, '],
    [{ dryRun: null }, "dryRun must be true or false"],
    [{ lookAfter: Number.NaN }, "lookAfter must be a number of milliseconds, 0 or more"],
    [{ lookAfter: Number.POSITIVE_INFINITY }, "lookAfter must be a number of milliseconds, 0 or more"],
    [{ lookAfter: -1 }, "lookAfter must be a number of milliseconds, 0 or more"],
    [{ lookAfter: "1" }, "lookAfter must be a number of milliseconds, 0 or more"],
    [null, "the options must be an object"],
  ])("in the options, %j, is a ConfigurationError, and nothing is sent", async (options, problem) => {
    const api = webhooksApi(other("a"));
    const mindbridge = new MindBridge({ baseUrl: "http://127.0.0.1:1", token: "token", fetch: api.fetch });
    const ensured = ensureWebhook(mindbridge, WANTED, options as EnsureOptions);
    await expect(ensured).rejects.toMatchObject({ code: "configuration", message: expect.stringContaining(problem) });
    expect(api.requests).toEqual([]);
  });

  test.each<[unknown, EnsureOptions, string]>([
    [null, {}, "pass the webhook as it is to be"],
    [undefined, { id: "there" }, "pass the webhook as it is to be"],
    [{ ...WANTED, name: undefined }, {}, "the webhook has no name, by which it would be found"],
    [{ ...WANTED, url: "" }, { match: "url" }, "the webhook has no url, by which it would be found"],
  ])("in the webhook, %j with %j, is a ConfigurationError, and nothing is sent", async (wanted, options, problem) => {
    const api = webhooksApi(other("a"));
    const mindbridge = new MindBridge({ baseUrl: "http://127.0.0.1:1", token: "token", fetch: api.fetch });
    const ensured = ensureWebhook(mindbridge, wanted as WebhookCreate, options);
    await expect(ensured).rejects.toMatchObject({ code: "configuration", message: expect.stringContaining(problem) });
    expect(api.requests).toEqual([]);
  });
});

describe("a dry run", () => {
  test.each([
    ["created", [], undefined],
    ["unchanged", [THERE], THERE],
    ["changed", [{ ...THERE, status: "INACTIVE" }], { ...THERE, status: "INACTIVE" }],
  ])("says that a webhook would be %s, and writes nothing", async (action, webhooks, webhook) => {
    const api = webhooksApi(...webhooks);
    expect(await ensure(api, {}, { dryRun: true })).toMatchObject({ action, webhook });
    expect(writes(api)).toEqual([]);
  });

  test("alone may have no webhook", () => {
    const call = (options?: EnsureOptions) => ensureWebhook({} as MindBridge, WANTED, options);
    const real = () => ensureWebhook({} as MindBridge, WANTED, { match: "url", dryRun: false });
    expectTypeOf(call).returns.resolves.toEqualTypeOf<PlannedWebhook>();
    expectTypeOf(real).returns.resolves.toEqualTypeOf<EnsuredWebhook>();
  });
});

describe("a create whose outcome is unknown", () => {
  test.each([
    ["its answer is lost", "lost, but done" as const],
    ["a proxy answers for it", new Response("<html>", { status: 200 })],
  ])("is not repeated if the webhook is there: %s", async (_, fault) => {
    const api = webhooksApi();
    api.before = (request) => {
      if (request !== CREATE) return undefined;
      if (fault instanceof Response) api.webhooks.push(THERE);
      return fault;
    };
    expect(await ensure(api)).toMatchObject({ action: "created", webhook: WANTED });
    expect(writes(api)).toEqual([CREATE]);
    expect(api.webhooks).toHaveLength(1);
  });

  test("is repeated once if the webhook is not there", async () => {
    const api = webhooksApi();
    api.before = faults(CREATE, "lost");
    expect(await ensure(api)).toMatchObject({ action: "created", webhook: { id: "made-1" } });
    expect(api.requests).toEqual(["POST /v1/webhooks/query", CREATE, "POST /v1/webhooks/query", CREATE]);
  });

  test("ends in its error if it happens again", async () => {
    const api = webhooksApi();
    api.before = faults(CREATE, "lost", "lost", "lost");
    await expect(ensure(api)).rejects.toMatchObject({ code: "connection", outcome: "unknown" });
    expect(writes(api)).toEqual([CREATE, CREATE]);
  });

  test("is not looked after if the signal is aborted", async () => {
    const api = webhooksApi();
    const controller = new AbortController();
    api.before = (request) => {
      if (request === CREATE) controller.abort();
      return request === CREATE ? "lost" : undefined;
    };
    await expect(ensure(api, {}, { signal: controller.signal })).rejects.toMatchObject({ code: "abort" });
    expect(writes(api)).toEqual([CREATE]);
  });

  test.each([
    ["is refused", new Response(null, { status: 401 })],
    ["fails", new Response(null, { status: 503 })],
    ["is lost", "lost" as const],
  ])("ends in its own error if the look after it %s", async (_, fault) => {
    const api = webhooksApi();
    let isLost = false;
    api.before = (request) => {
      if (isLost) return fault;
      isLost = request === CREATE;
      return isLost ? "lost, but done" : undefined;
    };
    await expect(ensure(api)).rejects.toMatchObject({ operation: "webhooks.create", outcome: "unknown" });
    expect(writes(api)).toEqual([CREATE]);
  });

  test("ends in its own error if the signal is aborted in the wait for the look", async () => {
    const api = webhooksApi();
    const controller = new AbortController();
    api.before = (request) => {
      if (request !== CREATE) return undefined;
      setImmediate(() => setImmediate(() => controller.abort()));
      return "lost, but done";
    };
    const ensured = ensure(api, {}, { signal: controller.signal, lookAfter: 60_000 });
    await expect(ensured).rejects.toMatchObject({
      operation: "webhooks.create",
      code: "connection",
      outcome: "unknown",
    });
    expect(writes(api)).toEqual([CREATE]);
  });

  test("stays unknown if the second create is refused", async () => {
    const api = webhooksApi();
    api.before = faults(CREATE, "lost", new Response(null, { status: 422 }));
    await expect(ensure(api)).rejects.toMatchObject({ code: "connection", outcome: "unknown" });
  });

  test("stays unknown if several are found after it", async () => {
    const api = webhooksApi();
    api.before = (request) => {
      if (request === CREATE) api.webhooks.push(THERE);
      return request === CREATE ? "lost, but done" : undefined;
    };
    await expect(ensure(api)).rejects.toMatchObject({ code: "several_webhooks", outcome: "unknown" });
  });

  test("that was refused is not repeated", async () => {
    const api = webhooksApi();
    api.before = faults(CREATE, new Response(null, { status: 422 }));
    await expect(ensure(api)).rejects.toMatchObject({ code: "unprocessable_entity" });
    expect(writes(api)).toEqual([CREATE]);
  });
});

describe("a refused update", () => {
  /** Somebody else changes the webhook just before it is updated, so many times. */
  function contended(times: number, change: Partial<Webhook>): WebhooksApi {
    const api = webhooksApi({ ...THERE, status: "INACTIVE" });
    let left = times;
    api.before = (request) => {
      const [webhook] = api.webhooks;
      if (request === UPDATE && webhook && left-- > 0) {
        api.webhooks[0] = { ...webhook, ...change, version: webhook.version + 1 };
      }
      return undefined;
    };
    return api;
  }

  test("is tried once more with the version that has moved, and keeps what somebody else changed", async () => {
    const api = contended(1, { keyGenerationTimestamp: "2026-11-28T00:00:00Z" });
    const { action, webhook } = await ensure(api);
    expect(action).toBe("changed");
    expect(webhook).toMatchObject({ status: "ACTIVE", version: 5, keyGenerationTimestamp: "2026-11-28T00:00:00Z" });
    expect(writes(api)).toEqual([UPDATE, UPDATE]);
  });

  test("is not tried again if somebody else has done the same", async () => {
    const api = contended(1, { status: "ACTIVE" });
    expect(await ensure(api)).toMatchObject({ action: "changed", webhook: { status: "ACTIVE", version: 4 } });
    expect(writes(api)).toEqual([UPDATE]);
  });

  test("is not tried a third time", async () => {
    const api = contended(2, {});
    await expect(ensure(api)).rejects.toMatchObject({ status: 412 });
    expect(writes(api)).toEqual([UPDATE, UPDATE]);
  });

  test("is not tried again if the version has not moved", async () => {
    const api = webhooksApi({ ...THERE, status: "INACTIVE" });
    api.before = faults(UPDATE, new Response("no such contact", { status: 400 }));
    await expect(ensure(api)).rejects.toMatchObject({ status: 400, text: "no such contact" });
    expect(writes(api)).toEqual([UPDATE]);
  });

  test("whose answer was lost is found done", async () => {
    const api = webhooksApi({ ...THERE, status: "INACTIVE" });
    api.before = faults(UPDATE, "lost, but done");
    expect(await ensure(api)).toMatchObject({ action: "changed", webhook: { status: "ACTIVE", version: 4 } });
    expect(writes(api)).toEqual([UPDATE]);
  });

  test("that is answered without the webhook is followed by reading it", async () => {
    const api = webhooksApi({ ...THERE, status: "INACTIVE" });
    api.before = (request) => {
      if (request !== UPDATE) return undefined;
      api.webhooks[0] = { ...THERE, version: 4 };
      return new Response(null, { status: 204 });
    };
    expect(await ensure(api)).toMatchObject({ action: "changed", webhook: { ...THERE, version: 4 } });
  });
});
