import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { MindBridge, type paths, type WebhookCreate } from "@mindbridge-sdk/client";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import createClient from "openapi-fetch";
import { median, type Row } from "./table.ts";

const ROUNDS = 11;
const TOKEN = "a-token";
const BODY: WebhookCreate = EXAMPLES["webhooks.create"].request.analysisResults;
const WEBHOOK = JSON.stringify(EXAMPLES["webhooks.create"].responses["201"].webhook);

/** The cost of a call over a stub of `fetch`, and over a real server on loopback. */
export async function measureCalls(): Promise<Row[]> {
  const stub = async () => new Response(WEBHOOK, { status: 201, headers: { "content-type": "application/json" } });
  const rows = await compare("a stub", "http://127.0.0.1:9", 3000, stub);

  const server = fork(join(import.meta.dirname, "server.ts"), [WEBHOOK]);
  try {
    const [port]: unknown[] = await once(server, "message");
    return [...rows, ...(await compare("loopback", `http://127.0.0.1:${String(port)}`, 500))];
  } finally {
    server.kill();
  }
}

async function compare(over: string, baseUrl: string, calls: number, fetch?: () => Promise<Response>): Promise<Row[]> {
  const mindbridge = new MindBridge({ baseUrl, token: TOKEN, ...(fetch && { fetch }) });
  // Of its own: whoever has `api` may register middleware there, and the methods then send what that can see.
  const { api } = new MindBridge({ baseUrl, token: TOKEN, ...(fetch && { fetch }) });
  const withMiddleware = new MindBridge({
    baseUrl,
    token: TOKEN,
    middleware: [{ onRequest: () => undefined }],
    ...(fetch && { fetch }),
  });
  const bare = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${TOKEN}` }, ...(fetch && { fetch }) });
  const contestants: Record<string, () => Promise<unknown>> = {
    "openapi-fetch": () => bare.POST("/v1/webhooks", { body: BODY }),
    client: () => mindbridge.webhooks.create(BODY),
    "client with middleware": () => withMiddleware.webhooks.create(BODY),
    "client.api": () => api.POST("/v1/webhooks", { body: BODY }),
  };
  const rates = Object.fromEntries(Object.keys(contestants).map((name) => [name, [] as number[]]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, call] of Object.entries(contestants)) {
      const rate = await callsPerSecond(call, calls);
      if (round >= 0) rates[name]?.push(rate); // The first round only warms up.
    }
  }
  const base = median(rates["openapi-fetch"] ?? []);
  return Object.entries(rates).map(([name, each]) => ({
    over,
    call: name,
    "calls/s": Math.round(median(each)),
    ratio: (median(each) / base).toFixed(2),
  }));
}

async function callsPerSecond(call: () => Promise<unknown>, calls: number): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < calls; done++) await call();
  return (calls / (performance.now() - start)) * 1000;
}
