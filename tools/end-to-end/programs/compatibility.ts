// What users may have written for the last release with what is not generated from the document: options, errors, keys, hooks,
// attacks. The programs that call the operations and handle the deliveries are generated beside it.
import {
  type AnyWebhookEvent,
  APIError,
  clientFromEnv,
  type ErrorBody,
  isWebhookEvent,
  MindBridge,
  MindBridgeError,
  type WebhookEvent,
} from "@mindbridge-sdk/client";
import { contract } from "@mindbridge-sdk/client/contract";
import {
  createReceiver,
  type Delivery,
  DeliveryError,
  type DeliveryType,
  type KnownDelivery,
  memoryStore,
  rotatingKeys,
  verify,
} from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { createTestSigner, deliveries, signDelivery, tampered } from "@mindbridge-sdk/testing";

const baseUrl = process.env.MINDBRIDGE_API_URL ?? "";
const validation = process.env.MINDBRIDGE_API_IS_OLDER ? {} : { validate: contract() };
const mindbridge = new MindBridge({
  ...validation,
  baseUrl,
  token: "any-token",
  timeout: 10_000,
  maxRetries: 1,
});

const { data: webhook, response } = await mindbridge.webhooks.get("66e0a4f7c2d81b0013fe5a90").withResponse();
console.log(response.status, webhook.id, typeof clientFromEnv);
const events: AnyWebhookEvent[] = [...webhook.events, "NEWER_THAN_THIS"];
const known: WebhookEvent[] = events.filter(isWebhookEvent);
if (known.length >= events.length) throw new Error("An event that the package does not list is known.");
await mindbridge.webhookEventLogs.get("66e0b1d3c2d81b0013fe5b17", { timeout: 5000 });

function explain(error: unknown): string {
  if (error instanceof APIError) {
    const { body }: ErrorBody = { body: error.body };
    return `${error.status} ${error.code} ${error.requestId} ${JSON.stringify(body)}`;
  }
  if (!(error instanceof MindBridgeError)) throw error;
  return `${error.code} ${error.outcome} ${error.operation} ${error.attempts}`;
}
const refused = await mindbridge.webhooks.get("", { signal: AbortSignal.timeout(1000) }).then(() => undefined, explain);
if (refused === undefined) throw new Error("An empty id was accepted.");
console.log(refused);

function describe(delivery: Delivery): string {
  const { id, attemptedAt, eventId, timestamp, senderId, tenantId, userId, raw } = delivery;
  const envelope = [id, attemptedAt.getTime(), eventId, timestamp, senderId, tenantId, userId, raw?.length].join();
  return delivery.known ? `${envelope} ${delivery.data.analysisId}` : `${envelope} ${delivery.type}`;
}
const engagementOf = ({ data }: KnownDelivery<"analysis.completed">): string => data.engagementId;

const signer = await createTestSigner();
const type: DeliveryType = "analysis.completed";
const seen: string[] = [];
const receiver = createReceiver({
  keys: signer.publicKey,
  store: memoryStore(),
  tolerance: 300,
  hooks: {
    received: ({ delivery }) => seen.push(delivery.id),
    refused: ({ code }) => seen.push(code),
    handled: ({ delivery, duration }) => seen.push(`${delivery.type} ${duration}`),
  },
})
  .on(type, (delivery, { signal }) => console.log(engagementOf(delivery), describe(delivery), signal.aborted))
  .onUnknown((delivery) => console.log(describe(delivery)));
console.log(typeof node(receiver));

const url = "https://hooks.example.com/mindbridge";
const completed = deliveries.analysisCompleted({ tenantId: "acme", data: { analysisId: "42", engagementId: "7" } });
for (const event of [completed, { ...completed, type: "newer" }]) {
  const { status } = await receiver.fetch((await signDelivery(event, { signer })).toRequest(url));
  if (status >= 300) throw new Error(`A delivery was answered with ${status}.`);
}
for (const { name, delivery, status } of await tampered({ event: completed, signer })) {
  const answer = await receiver.fetch(delivery.toRequest(url));
  if (answer.status !== status) throw new Error(`${name}: the answer was ${answer.status}, not ${status}.`);
}

const signed = await signDelivery(completed, { signer, id: "an-id" });
const keys = rotatingKeys(async () => signer.publicKey, { senders: [completed.senderId] });
console.log(describe(await verify(signed, { keys })), seen.length);
const code = await verify({ ...signed, body: `${signed.body} ` }, { keys: signer.publicKey }).then(
  () => "none",
  (error: unknown) => (error instanceof DeliveryError ? error.code : String(error)),
);
if (code !== "signature_mismatch") throw new Error(`A changed body was refused with the code ${code}.`);
