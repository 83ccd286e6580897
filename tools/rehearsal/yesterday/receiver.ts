// Handles every delivery, reads every field, and is tested as users test: what users of the receiver may have written.
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

// As a user keeps it: what is assigned to these must not lose a field, nor give one another type.
interface Finished {
  eventId?: string;
  analysisId: string;
  analysisResultId: string;
  engagementId: string;
}
interface Failed {
  eventId?: string;
  analysisId: string;
  analysisResultId?: string;
  engagementId: string;
}

const TYPES: DeliveryType[] = ["analysis.completed", "analysis.failed"];
const finished: Finished[] = [];
const failed: Failed[] = [];

function describe(delivery: Delivery): string {
  const { id, attemptedAt, eventId, timestamp, senderId, tenantId, userId, raw } = delivery;
  const envelope = [id, attemptedAt.getTime(), eventId, timestamp, senderId, tenantId, userId, raw.length].join();
  if (!delivery.known) return `${envelope} ${delivery.type}`;
  switch (delivery.type) {
    case "analysis.completed":
      return `${envelope} ${delivery.data.analysisResultId}`;
    case "analysis.failed":
      return `${envelope} ${delivery.data.analysisId}`;
    default:
      return envelope;
  }
}
const engagementOf = ({ data }: KnownDelivery<"analysis.completed">): string => data.engagementId;

const signer = await createTestSigner();
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
  .on("analysis.completed", (delivery, { signal }) => {
    finished.push(delivery.data);
    console.log(engagementOf(delivery), describe(delivery), signal.aborted);
  })
  .on("analysis.failed", ({ data }) => void failed.push(data))
  .onUnknown((delivery) => console.log(describe(delivery)));

const url = "https://hooks.example.com/mindbridge";
const completed = deliveries.analysisCompleted({ tenantId: "acme", data: { analysisId: "42", engagementId: "7" } });
for (const event of [
  completed,
  deliveries.analysisFailed({ data: { analysisId: "43" } }),
  { ...completed, type: "newer" },
]) {
  const { status } = await receiver.fetch((await signDelivery(event, { signer })).toRequest(url));
  if (status >= 300) throw new Error(`A delivery was answered with ${status}.`);
}
if (finished[0]?.analysisId !== "42" || failed[0]?.analysisId !== "43") throw new Error("A delivery was not handled.");

const attacks = await tampered({ event: completed, signer });
for (const { name, delivery, status } of attacks) {
  const answer = await receiver.fetch(delivery.toRequest(url));
  if (answer.status !== status) throw new Error(`Where ${name}, the answer was ${answer.status}, not ${status}.`);
}

const signed = await signDelivery(completed, { signer, id: "an-id" });
const keys = rotatingKeys(async () => signer.publicKey, { senders: [completed.senderId] });
console.log(describe(await verify(signed, { keys })), TYPES, typeof node);
try {
  await verify({ ...signed, body: `${signed.body} ` }, { keys: signer.publicKey });
  throw new Error("A changed body was taken.");
} catch (error) {
  if (!(error instanceof DeliveryError) || error.code !== "signature_mismatch") throw error;
}
console.log(seen.length);
