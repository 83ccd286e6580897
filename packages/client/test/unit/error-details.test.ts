import { expect, test, vi } from "vitest";
import { clientFromEnv, MindBridge, type MindBridgeError } from "../../src/index.ts";

const token = "token";
const BASE = "https://acme.mindbridge.ai/api";

/** What `run` throws, or rejects with. */
async function thrown(run: () => unknown): Promise<MindBridgeError> {
  try {
    await run();
  } catch (error) {
    return error as MindBridgeError;
  }
  throw new Error("It did not fail.");
}

function clientThat(fetch: () => Promise<Response>): MindBridge {
  return new MindBridge({ tenant: "acme", token, maxRetries: 0, fetch });
}

const answers = (status: number, body = ""): MindBridge => clientThat(async () => new Response(body, { status }));

test("a message says in sentences what was done, what came of it and what to do", async () => {
  const get = (client: MindBridge) => () => client.webhooks.get("1");
  const create = (client: MindBridge) => () => client.webhooks.create({} as never);
  const cut = clientThat(() => Promise.reject(new TypeError("terminated")));
  expect((await thrown(get(answers(404, "no")))).message).toBe(
    `webhooks.get: GET ${BASE}/v1/webhooks/1 answered 404. Check the id. no`,
  );
  expect((await thrown(get(cut))).message).toBe(`webhooks.get: GET ${BASE}/v1/webhooks/1 failed. Check the network.`);
  expect((await thrown(create(cut))).message).toBe(
    `webhooks.create: POST ${BASE}/v1/webhooks failed. Check the network. It may have been done: look before you retry.`,
  );
  expect((await thrown(get(answers(302)))).message).toBe(
    `webhooks.get: GET ${BASE}/v1/webhooks/1 answered 302. Check baseUrl, or go to the Location in headers.`,
  );
  expect((await thrown(() => new MindBridge({ tenant: "acme", token: "" }))).message).toMatch(
    /^new MindBridge: failed: /,
  );
});

test("an error before there is a request has no method and no URL", async () => {
  expect(await thrown(() => new MindBridge({ tenant: "Acme", token }))).toMatchObject({ method: "", url: "" });
  expect(await thrown(() => new MindBridge({ tenant: "acme", token: "" }))).toMatchObject({ method: "", url: "" });
});

test("an error before the request is sent has the URL as far as it is known", async () => {
  const error = await thrown(() => answers(200).webhooks.get(""));
  expect(error).toMatchObject({ method: "GET", url: `${BASE}/v1/webhooks/{webhookId}` });
  expect(error.message).toMatch(/ failed: webhookId is missing\.$/);
});

test.each([
  [undefined, "missing"],
  [null, "missing"],
  ["..", '"..".'],
])("an error for an id that is %j says so", async (id, problem) => {
  const error = await thrown(() => answers(200).webhooks.get(id as string));
  expect(error.message).toContain(` failed: webhookId is ${problem}`);
});

test("an error without a cause has none, not even undefined", async () => {
  expect(Object.hasOwn(await thrown(() => answers(404).webhooks.get("1")), "cause")).toBe(false);
});

test("a GET that never reached the server was not sent", async () => {
  const refused = new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
  const error = await thrown(() => clientThat(() => Promise.reject(refused)).webhooks.get("1"));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent" });
});

test("clientFromEnv names the missing variable if there is no process, as in a Worker", async () => {
  vi.stubGlobal("process", undefined);
  let error: MindBridgeError;
  try {
    error = await thrown(() => clientFromEnv());
  } finally {
    vi.unstubAllGlobals();
  }
  expect(error.message).toContain("MINDBRIDGE_API_TOKEN");
});
