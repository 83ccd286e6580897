import { BODY, type Case, CREATED, check, equal, FOUND, json, scenario, TOKEN, WEBHOOK } from "../support.ts";

/** Calls that succeed: what is sent, and what comes back. */
export const success: Case[] = [
  {
    name: "create sends the body as JSON, with the token, and resolves to the data",
    async run(context) {
      const { client, received } = await scenario(context, CREATED);
      equal(await client().webhooks.create(BODY), WEBHOOK, "data");
      const [request] = await received();
      equal(request?.method, "POST", "method");
      equal(request?.path, "/v1/webhooks", "path");
      equal(JSON.parse(request?.body ?? ""), BODY, "body");
      equal(request?.headers.get("authorization"), `Bearer ${TOKEN}`, "authorization");
      equal(request?.headers.get("content-type"), "application/json", "content type");
    },
  },
  {
    name: "fields and values that the contract does not list pass through unchanged",
    async run(context) {
      const body = '{"id":"1","events":["LEDGER_RECONCILED"],"status":"PAUSED","next":{"deep":[1,null]},"version":42}';
      const { client } = await scenario(context, { status: 200, headers: json(), body });
      const webhook = await client().webhooks.get("1");
      equal(JSON.stringify(webhook), body, "data");
      equal(webhook.events.filter(context.sdk.isWebhookEvent).length, 0, "known events");
    },
  },
  {
    name: "a token in a successful response is not redacted",
    async run(context) {
      const { client } = await scenario(context, { ...FOUND, body: `{"id":"{authorization}"}` });
      equal((await client().webhooks.get("1")).id, `Bearer ${TOKEN}`, "data");
    },
  },
  {
    name: "path parameters are encoded",
    async run(context) {
      const { client, received } = await scenario(context, FOUND);
      await client().webhooks.get("a/../b?c#d %2e é");
      equal((await received())[0]?.path, "/v1/webhooks/a%2F..%2Fb%3Fc%23d%20%252e%20%C3%A9", "path");
    },
  },
  {
    name: "withResponse gives the data, and the response for its status and headers",
    async run(context) {
      const { client } = await scenario(context, { ...CREATED, headers: json({ "x-request-id": "r-1" }) });
      const { data, response } = await client().webhooks.create(BODY).withResponse();
      equal(data, WEBHOOK, "data");
      equal(response.status, 201, "status");
      equal(response.headers.get("x-request-id"), "r-1", "header");
    },
  },
  {
    name: "withResponse and the promise itself may both be awaited",
    async run(context) {
      const { client, received } = await scenario(context, FOUND);
      const call = client().webhooks.get("1");
      const [data, { response }] = await Promise.all([call, call.withResponse()]);
      equal(data, WEBHOOK, "data");
      equal(response.status, 200, "status");
      equal((await received()).length, 1, "requests");
    },
  },
  {
    name: "headers of the client and of the call are merged, and null takes one away",
    async run(context) {
      const { client, received } = await scenario(context, FOUND);
      const headers = { "x-a": "client", "x-b": "client", "x-c": "client" };
      await client({ headers }).webhooks.get("1", { headers: { "x-b": "call", "x-c": null } });
      const [request] = await received();
      equal(request?.headers.get("x-a"), "client", "x-a");
      equal(request?.headers.get("x-b"), "call", "x-b");
      equal(request?.headers.get("x-c"), null, "x-c");
    },
  },
  {
    name: "a token function is asked for each attempt",
    async run(context) {
      const { client, received } = await scenario(context, { status: 429, headers: { "retry-after": "0" } }, CREATED);
      let asked = 0;
      await client({ token: async () => `token-${++asked}` }).webhooks.create(BODY);
      equal(
        (await received()).map(({ headers }) => headers.get("authorization")),
        ["Bearer token-1", "Bearer token-2"],
        "tokens",
      );
    },
  },
  {
    name: "every option can be overridden for one call",
    async run(context) {
      const own = await scenario(context, { before: "hang" });
      const other = await scenario(context, { status: 500 });
      const attempts: number[] = [];
      let fetched = 0;
      const call = own.client({ maxRetries: 0, timeout: 1 }).webhooks.get("1", {
        baseUrl: other.baseUrl,
        token: "other",
        timeout: 10_000,
        maxRetries: 1,
        maxRetryWait: 1,
        fetch: (url, init) => {
          fetched++;
          return fetch(url, init);
        },
        onAttempt: ({ attempt }) => attempts.push(attempt),
      });
      await call.then(
        () => check(false, "it fails"),
        (error) => check(error instanceof context.sdk.InternalServerError, "500 of the other server"),
      );
      equal(fetched, 2, "calls of fetch");
      equal(attempts, [1, 2], "attempts");
      equal((await own.received()).length, 0, "requests to the server of the client");
      equal((await other.received())[0]?.headers.get("authorization"), "Bearer other", "token");
    },
  },
  {
    name: "an update takes what was read, and sends neither what only the server sets nor less than was given",
    async run(context) {
      const audit = {
        creationDate: "2026-03-02T08:00:00Z",
        createdUserInfo: { userId: "1" },
        keyGenerationTimestamp: "",
      };
      // A field that is newer than the contract goes back: who leaves it out of a PUT might clear it.
      const read = { ...WEBHOOK, ...audit, retries: 3, events: ["LEDGER_RECONCILED"] };
      const { client, received } = await scenario(context, { ...FOUND, body: JSON.stringify(read) });
      const webhook = await client().webhooks.get("66e0");
      await client().webhooks.update(webhook.id, { ...webhook, status: "INACTIVE" });
      const [, request] = await received();
      equal([request?.method, request?.path], ["PUT", "/v1/webhooks/66e0"], "request");
      const sent = { ...BODY, events: ["LEDGER_RECONCILED"], status: "INACTIVE", version: 1, retries: 3 };
      const sorted = (value: object) => Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
      equal(sorted(JSON.parse(request?.body ?? "")), sorted(sent), "body");
      equal(Object.keys(webhook).length, Object.keys(read).length, "what was given is unchanged");
    },
  },
  {
    name: "an update that is answered without a body resolves to undefined",
    async run(context) {
      for (const step of [{ status: 200 }, { status: 202 }, { status: 204 }]) {
        const { client } = await scenario(context, step);
        equal(await client().webhooks.update("1", { ...BODY, version: 1 }), undefined, `data of ${step.status}`);
      }
    },
  },
  {
    name: "a delete resolves to undefined, whatever success it is answered with",
    async run(context) {
      const answers = [{ status: 204 }, { status: 202 }, { status: 200, body: "Deleted." }, FOUND];
      for (const step of answers) {
        const { client, received } = await scenario(context, step);
        equal(await client().webhooks.delete("66e0"), undefined, `data of ${step.status}`);
        const [request] = await received();
        equal([request?.method, request?.path, request?.body], ["DELETE", "/v1/webhooks/66e0", ""], "request");
      }
    },
  },
  {
    name: "a tenant for one call overrides the base URL of the client",
    async run({ sdk }) {
      let called = "";
      const client = new sdk.MindBridge({
        baseUrl: "https://example.com",
        token: TOKEN,
        fetch: async (url) => {
          called = url;
          return Response.json(WEBHOOK);
        },
      });
      await client.webhooks.get("1", { tenant: "acme" });
      equal(called, "https://acme.mindbridge.ai/api/v1/webhooks/1", "URL");
    },
  },
];
