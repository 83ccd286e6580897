import { ConnectionError, MindBridge } from "@mindbridge-sdk/client";
import { TOKEN_HEADERS } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import * as msw3 from "msw";
import { setupServer as setupServer3 } from "msw/node";
import * as msw2 from "msw2";
import { setupServer as setupServer2 } from "msw2/node";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import type { MockOperations } from "../src/msw.ts";

const baseUrl = "https://acme.mindbridge.ai/api";
const client = new MindBridge({ baseUrl, token: "any-token", maxRetries: 0 });
const webhook = EXAMPLES["webhooks.get"].responses[200].webhook;
const create = EXAMPLES["webhooks.create"].request.analysisResults;

const otherTokenHeaders: Readonly<Record<string, string>> = TOKEN_HEADERS;
const versions = [
  ["msw 2", msw2 as unknown as typeof msw3, setupServer2 as unknown as typeof setupServer3],
  ["msw 3", msw3, setupServer3],
] as const;

describe.each(versions)("with %s", (_name, msw, setupServer) => {
  /** The answer if nothing is mocked. */
  const elsewhere = msw.http.all("*", () => new Response(null, { status: 418 }));
  const server = setupServer(elsewhere);
  let mockApiHandlers: typeof import("../src/msw.ts").mockApiHandlers;
  const use = (operations?: MockOperations) => server.use(...mockApiHandlers({ baseUrl, operations }));

  beforeAll(async () => {
    vi.resetModules();
    vi.doMock("msw", () => msw);
    ({ mockApiHandlers } = await import("../src/msw.ts"));
    server.listen();
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => {
    server.close();
    vi.doUnmock("msw");
  });

  test("there is a handler for each operation, which answers as the contract says", async () => {
    use();
    expect(mockApiHandlers()).toHaveLength(Object.keys(OPERATIONS).length);
    for (const [id, { method, path, hasBody }] of Object.entries(OPERATIONS)) {
      const url = baseUrl + path.replaceAll(/\{\w+\}/g, "1");
      const examples = EXAMPLES[id as OperationId];
      const [body] = Object.values("request" in examples ? examples.request : {});
      const tokenHeader = otherTokenHeaders[`${method} ${path}`] ?? "authorization";
      const headers = tokenHeader === "" ? {} : { [tokenHeader]: "Bearer token" };
      const response = await fetch(url, { method, headers, body: hasBody && body ? JSON.stringify(body) : null });
      expect(response.status, id).not.toBe(401);
      const text = await response.text();
      const { responses, isRequestRequired } = OPERATION_VALIDATORS[id as OperationId];
      if (isRequestRequired && !body) expect(response.status, id).toBe(422);
      else if (responses[response.status]) expect(responses[response.status]?.(JSON.parse(text)), id).toEqual([]);
      else expect(text, id).toBe("");
    }
  });

  test("the client gets the examples", async () => {
    use();
    expect(await client.webhooks.create(create)).toEqual(EXAMPLES["webhooks.create"].responses[201].webhook);
    expect(await client.webhooks.get("1")).toEqual(webhook);
  });

  test("a request that the contract refuses is refused", async () => {
    use();
    await expect(client.webhooks.create({ ...create, events: [] })).rejects.toMatchObject({
      name: "UnprocessableEntityError",
      body: { message: expect.stringMatching(/^webhooks\.create: .*body\.events: expected /) },
    });
    const url = `${baseUrl}/v1/webhooks`;
    const headers = { authorization: "Bearer token" };
    for (const body of ["", "{", "null"])
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(422);
    const response = await fetch(url, { method: "POST", body: JSON.stringify(create) });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(EXAMPLES["webhooks.create"].responses[401].example);
  });

  test("one operation can answer with an error, and the others do not", async () => {
    use({ "webhooks.get": { status: 404 }, "webhookEventLogs.get": { status: 429, body: { message: "Slow down." } } });
    await expect(client.webhooks.get("1")).rejects.toMatchObject({
      name: "NotFoundError",
      body: EXAMPLES["webhooks.get"].responses[404].example,
    });
    await expect(client.webhookEventLogs.get("1")).rejects.toMatchObject({ body: { message: "Slow down." } });
    expect(await client.webhooks.create(create)).toMatchObject({ name: create.name });
  });

  test("an operation can answer with another body and headers", async () => {
    use({ "webhooks.get": { body: { ...webhook, status: "INACTIVE" }, headers: { "x-request-id": "1" } } });
    const { data, response } = await client.webhooks.get("1").withResponse();
    expect(data.status).toBe("INACTIVE");
    expect(response.headers.get("x-request-id")).toBe("1");
  });

  test("a function can answer depending on the request, or leave the answer to the examples", async () => {
    use({
      "webhooks.get": ({ params, examples }) =>
        params.webhookId === "a/b" ? { body: { ...examples[200].webhook, id: "a/b" } } : undefined,
      "webhooks.create": async ({ request, examples }) => ({
        body: { ...examples[201].webhook, name: ((await request.json()) as { name: string }).name },
      }),
    });
    expect((await client.webhooks.get("a/b")).id).toBe("a/b");
    expect((await client.webhooks.get("c")).id).toBe(webhook.id);
    expect((await client.webhooks.create({ ...create, name: "Mine" })).name).toBe("Mine");
  });

  test("a function can answer with a response of any kind", async () => {
    use({
      "webhooks.get": () => msw.HttpResponse.error(),
      "webhookEventLogs.get": () => new Response("<html>", { status: 502 }),
    });
    await expect(client.webhooks.get("1")).rejects.toThrow(ConnectionError);
    await expect(client.webhookEventLogs.get("1")).rejects.toMatchObject({ status: 502, text: "<html>" });
  });

  test("only URLs below the base URL are mocked, or all URLs without one", async () => {
    server.use(...mockApiHandlers({ baseUrl: "http://localhost:1234/(base)/" }));
    const get = (url: string) => fetch(url, { headers: { authorization: "Bearer token" } });
    expect((await get("http://localhost:1234/(base)/v1/webhooks/1?a=b")).status).toBe(200);
    expect((await get("http://localhost:1234/v1/webhooks/1")).status).toBe(418);
    expect((await get("http://localhost:1234/(base)/v1/webhooks/1/2")).status).toBe(418);
    server.use(...mockApiHandlers());
    expect((await get("http://localhost:1234/v1/webhooks/1")).status).toBe(200);
  });
});

test("answers are typed by operation and status", () => {
  expectTypeOf<{ "webhooks.get": { status: 404 } }>().toExtend<MockOperations>();
  expectTypeOf<{ "webhooks.get": { status: 201 } }>().not.toExtend<MockOperations>();
  expectTypeOf<{ "webhooks.get": { body: { id: string } } }>().not.toExtend<MockOperations>();
  expectTypeOf<{ "webhooks.get": { status: 404; body: string } }>().not.toExtend<MockOperations>();
  // @ts-expect-error there is no such operation.
  const misspelt: MockOperations = { "webhooks.read": { status: 404 } };
  expect(misspelt).toBeDefined();
});
