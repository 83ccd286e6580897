import { createServer } from "node:http";
import { APIError, MindBridge, type WebhookCreate } from "@mindbridge-sdk/client";
import { ensureWebhook } from "@mindbridge-sdk/client/ensure";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { recoverDeliveries } from "@mindbridge-sdk/receiver/recover";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { describeRefusal, describeWebhook } from "./describe.ts";
import { listen } from "./listen.ts";

await using mock = await startMockServer();
console.log(`A mock of the API, served from spec/openapi.yaml, listens on ${mock.url}.\n`);

// Against the real API: `new MindBridge({ tenant: "acme", token: process.env.MINDBRIDGE_API_TOKEN! })`.
const mindbridge = new MindBridge({ baseUrl: mock.url, token: "any-token-will-do-here" });

const body: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
  status: "ACTIVE",
};
const webhook = await mindbridge.webhooks.create(body);
console.log(`webhooks.create made a webhook:\n${describeWebhook(webhook)}\n`);

try {
  await mindbridge.webhooks.create({ ...body, events: [] });
  throw new Error("The mock took a webhook without events, which the contract does not allow.");
} catch (error) {
  if (!(error instanceof APIError)) throw error;
  console.log(`The same without events is refused (outcome: ${error.outcome}):\n${describeRefusal(error)}\n`);
}

const receiver = createReceiver({
  keys: { [webhook.id]: webhook.publicKey },
  allowTestKey: true, // The key in the mock's answer is one that RFC 8032 publishes. Never set this in production.
  store: memoryStore(),
  hooks: {
    handled: ({ duration }) => console.log(`  handled in ${duration.toFixed(1)} ms`),
    duplicate: ({ delivery }) => console.log(`  ${delivery.id} has been handled already, so it is not handled again`),
    refused: ({ code }) => console.log(`  refused: ${code}`),
  },
}).on("analysis.completed", ({ data, id }) => {
  console.log(`  the handler got ${id}: analysis ${data.analysisId} is complete`);
});
await using server = await listen(createServer(node(receiver)));
console.log(`A receiver of its deliveries listens on ${server.url}.\n`);

// A delivery as MindBridge would send it, and a forged one, which is signed with another key.
const event = deliveries.analysisCompleted({ senderId: webhook.id });
const signed = await signDelivery(event, { signer: await createTestSigner({ publishedTestKey: true }) });
const forged = await signDelivery(event, { signer: await createTestSigner() });

for (const [name, delivery] of Object.entries({ signed, forged, repeated: signed })) {
  console.log(`The ${name} delivery is sent:`);
  const { status } = await fetch(server.url, { method: "POST", headers: delivery.headers, body: delivery.body });
  console.log(`  answered with ${status}\n`);
}
await receiver.close();

// An API that remembers, and delivers. The webhook is made once, and what the receiver misses is recovered from the event log.
let isUp = true;
const api = createTestApi({
  endpoint: (request) => (isUp ? back.fetch(request) : new Response(null, { status: 503 })),
});
const remembering = new MindBridge({ tenant: "acme", token: "any-token-will-do-here", fetch: api.fetch });
const first = await ensureWebhook(remembering, body);
const { action, webhook: kept } = await ensureWebhook(remembering, body);
console.log(`ensureWebhook is called twice: ${first.action}, ${action}\n`);
const back = createReceiver({ keys: kept.publicKey, store: memoryStore() }).on("analysis.completed", ({ id }) => {
  console.log(`  the handler got ${id}`);
});
console.log("Two deliveries are sent, the second while the receiver is down:");
for (isUp of [true, false]) await api.deliver("analysis.completed");
console.log("It is recovered:");
const { counts } = await recoverDeliveries(remembering, back, { webhookId: kept.id });
console.log(`  ${counts.recovered} recovered`);
