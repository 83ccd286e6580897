import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startProxyServer } from "../../src/live/proxy-server.ts";

const document = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
const headers = { authorization: "Bearer test", "content-type": "application/json" };
const log = { id: "1", version: 1, status: "COMPLETED", webhookId: "2" };

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Starts an upstream below a base path that answers each path as it is told to. */
async function startUpstream(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    const { status, headers: own, body } = answers[url.replace("/base/v1/webhook-event-logs/", "")] ?? { status: 410 };
    response.writeHead(status, { "content-type": "application/json", ...own }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("a proxy hands on what conforms, and neither a request nor a response that does not", async () => {
  await using upstream = await startUpstream({
    good: { status: 200, body: log },
    bad: { status: 200, body: { ...log, id: undefined } },
  });
  await using proxy = await startProxyServer({ document, upstream: upstream.url });

  const good = await fetch(`${proxy.url}/v1/webhook-event-logs/good`, { headers });
  expect(good.status).toBe(200);
  expect(await good.json()).toEqual(log);

  const bad = await fetch(`${proxy.url}/v1/webhook-event-logs/bad`, { headers });
  expect(bad.status).toBe(500);
  expect(await bad.json()).toMatchObject({ validation: [{ location: ["response", "body"], code: "required" }] });

  const refused = await fetch(`${proxy.url}/v1/webhooks`, { method: "POST", headers, body: "{}" });
  expect(refused.status).toBe(422);
  expect(upstream.asked).toEqual(["/base/v1/webhook-event-logs/good", "/base/v1/webhook-event-logs/bad"]);
});

test("the limits of a proxy are those that its documentation names", async () => {
  const answers: Record<string, Answer> = {
    "not-implemented": { status: 501 },
    text: { status: 404, headers: { "content-type": "text/plain" } },
    nonsense: { status: 200, headers: { "content-type": "nonsense" } },
  };
  await using upstream = await startUpstream(answers);
  answers.redirect = { status: 302, headers: { location: `${upstream.url}/elsewhere` } };
  await using proxy = await startProxyServer({ document, upstream: upstream.url });
  const ask = (id: string): Promise<Response> => fetch(`${proxy.url}/v1/webhook-event-logs/${id}`, { headers });

  expect((await ask("not-implemented")).status).toBe(200);
  expect((await ask("text")).status).toBe(500);
  await ask("redirect");
  expect(upstream.asked).toContain("/base/elsewhere");
  await expect(ask("nonsense")).rejects.toThrow();
  expect((await proxy.exited)?.message).toMatch(/The proxy of .* ended with exit code 1.*invalid media type/s);
});

test("a proxy says in its log why it could not start", async () => {
  await expect(startProxyServer({ document, upstream: "nowhere" })).rejects.toThrow("Invalid upstream URL");
});
