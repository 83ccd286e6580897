import type { Middleware } from "openapi-fetch";
import {
  BODY,
  type Case,
  CREATED,
  check,
  equal,
  FOUND,
  json,
  rejection,
  scenario,
  shown,
  TOKEN,
  WEBHOOK,
} from "../support.ts";

function recorder(name: string, log: string[]): Middleware {
  return {
    onRequest({ request }) {
      log.push(`${name} request`);
      request.headers.set("x-middleware", name);
      return new Request(request);
    },
    onResponse({ response }) {
      log.push(`${name} response ${response.status}`);
    },
  };
}

const PATH = "/v1/webhooks/{webhookId}";
const params = { path: { webhookId: "1" } };

/** Middleware, and the openapi-fetch client. */
export const middleware: Case[] = [
  {
    name: "middleware runs once a call, outside the retries, the client's around the call's",
    async run(context) {
      const { client, received } = await scenario(context, { status: 429, headers: { "retry-after": "0" } }, CREATED);
      const log: string[] = [];
      const call = client({ middleware: [recorder("client", log)] }).webhooks.create(BODY, {
        middleware: [recorder("call", log)],
      });
      const { data, response } = await call.withResponse();
      equal(data, WEBHOOK, "data");
      equal(response.status, 201, "status");
      equal(log, ["client request", "call request", "call response 201", "client response 201"], "order");
      const requests = await received();
      equal(requests.length, 2, "requests");
      for (const request of requests) {
        equal(JSON.parse(request.body), BODY, "body");
        equal(request.headers.get("x-middleware"), "call", "header");
        equal(request.headers.get("authorization"), `Bearer ${TOKEN}`, "token");
      }
    },
  },
  {
    name: "middleware that is registered through api applies to the resources, until it is ejected",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      const log: string[] = [];
      const mindbridge = client();
      const entry = recorder("api", log);
      mindbridge.api.use(entry);
      await mindbridge.webhooks.get("1");
      mindbridge.api.eject(entry);
      await mindbridge.webhooks.get("1");
      equal(log, ["api request", "api response 200"], "order");
    },
  },
  {
    name: "middleware may read the response, and put another in its place",
    async run(context) {
      const { client } = await scenario(context, FOUND, { status: 400, body: "no" });
      const seen: string[] = [];
      const replace: Middleware = {
        async onResponse({ response }) {
          seen.push(await response.clone().text());
          return response.ok
            ? Response.json({ ...WEBHOOK, id: "replaced" })
            : new Response("explained", { status: 422, headers: json() });
        },
      };
      const mindbridge = client({ middleware: [replace] });
      equal((await mindbridge.webhooks.get("1")).id, "replaced", "data");
      const error = await rejection(mindbridge.webhooks.get("1"), context.sdk.UnprocessableEntityError);
      equal(error.text, "explained", "text");
      equal(seen, [JSON.stringify(WEBHOOK), "no"], "what it read");
    },
  },
  {
    name: "middleware may answer without a request",
    async run(context) {
      const { client, received } = await scenario(context);
      const answer: Middleware = { onRequest: () => Response.json(WEBHOOK) };
      equal(await client({ middleware: [answer] }).webhooks.get("1"), WEBHOOK, "data");
      equal((await received()).length, 0, "requests");
    },
  },
  {
    name: "an error of middleware is thrown unchanged",
    async run(context) {
      const { client } = await scenario(context, FOUND);
      const boom = new RangeError("not today");
      const call = client({
        middleware: [
          {
            onRequest() {
              throw boom;
            },
          },
        ],
      }).webhooks.get("1");
      check((await rejection(call, RangeError)) === boom, "the same error");
    },
  },
  {
    name: "middleware does not see the token",
    async run(context) {
      const { client } = await scenario(context, { status: 500, body: "no" });
      const seen: unknown[] = [];
      const spy: Middleware = {
        onRequest: ({ request }) => void seen.push(Object.entries(request), request.headers),
        onResponse: async ({ request, response }) => void seen.push(request.headers, await response.clone().text()),
      };
      const mindbridge = client({ middleware: [spy], maxRetries: 0 });
      await rejection(mindbridge.webhooks.get("1"), context.sdk.InternalServerError);
      await mindbridge.api.GET(PATH, { params });
      equal(seen.length, 8, "calls");
      check(!shown(seen).includes(TOKEN), "the token does not show");
    },
  },
  {
    name: "api sends with the same token and retries, and returns the data",
    async run(context) {
      const { client, received } = await scenario(context, { status: 503 }, FOUND);
      const { data, error, response } = await client().api.GET(PATH, { params });
      equal(data, WEBHOOK, "data");
      equal(error, undefined, "error");
      equal(response.status, 200, "status");
      const requests = await received();
      equal(requests.length, 2, "requests");
      equal(requests[1]?.headers.get("authorization"), `Bearer ${TOKEN}`, "token");
    },
  },
  {
    name: "api returns the statuses of errors",
    async run(context) {
      for (const [step, expected] of [
        [{ body: '{"message":"no"}', headers: json() }, { message: "no" }],
        [{ body: "no", headers: {} }, "no"],
      ] as const) {
        const { client } = await scenario(context, { ...step, status: 404 });
        const { data, error, response } = await client().api.request("get", PATH, { params });
        equal(data, undefined, "data");
        equal(error, expected, "error");
        equal(response.status, 404, "status");
      }
      const { client } = await scenario(context, { status: 500 });
      const { response } = await client({ maxRetries: 0 }).api.POST("/v1/webhooks", { body: BODY });
      check(!response.ok, "response.ok tells of an empty error");
    },
  },
  {
    name: "api throws errors that are not HTTP statuses",
    async run(context) {
      const html = await scenario(context, { status: 200, body: "<h1>Sign in</h1>" });
      const parse = await rejection(html.client().api.GET(PATH, { params }), context.sdk.ResponseParseError);
      equal(parse.operation, "api.GET", "operation");
      const cut = await scenario(context, { before: "cut" });
      const create = cut.client().api.POST("/v1/webhooks", { body: BODY });
      equal((await rejection(create, context.sdk.ConnectionError)).attempts, 1, "attempts");
      const redirect = await scenario(context, { status: 302, headers: { location: "/" } });
      equal((await redirect.client().api.GET(PATH, { params })).response.status, 302, "status of a redirect");
      const signal = AbortSignal.abort();
      await rejection(html.client().api.GET(PATH, { params, signal }), context.sdk.AbortError);
    },
  },
  {
    name: "api takes the options of a call, and openapi-fetch's",
    async run(context) {
      const { client, received } = await scenario(context, { before: "hang" }, FOUND);
      const { data } = await client({ timeout: 30_000 }).api.GET(PATH, {
        params,
        timeout: 50,
        headers: { "x-call": "1" },
        middleware: [{ onRequest: ({ request }) => request.headers.set("x-middleware", "call") }],
        parseAs: "text",
      });
      equal(data, JSON.stringify(WEBHOOK), "text");
      const headers = (await received())[1]?.headers;
      equal([headers?.get("x-call"), headers?.get("x-middleware")], ["1", "call"], "headers");
    },
  },
  {
    name: "api returns undefined for a success without content",
    async run(context) {
      for (const headers of [{ "content-length": "0" }, { "transfer-encoding": "chunked" }]) {
        const { client } = await scenario(context, { status: 200, headers });
        const { data, response } = await client().api.GET(PATH, { params });
        equal(data, undefined, "data");
        equal(response.status, 200, "status");
      }
      const { client } = await scenario(context, { status: 204 });
      equal((await client().api.GET(PATH, { params })).data, undefined, "data of a 204");
    },
  },
];
