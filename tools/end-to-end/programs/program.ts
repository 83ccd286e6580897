import { MindBridge, type Webhook } from "@mindbridge-sdk/client";
import { contract } from "@mindbridge-sdk/client/contract";
import { createReceiver, type Delivery, memoryStore, verify } from "@mindbridge-sdk/receiver";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";

const baseUrl = process.env.MINDBRIDGE_API_URL ?? "";
const mindbridge = new MindBridge({ baseUrl, token: "any-token", validate: contract() });

export async function create(): Promise<Webhook> {
  return await mindbridge.webhooks.create({
    name: "Close the books",
    url: "https://hooks.example.com/mindbridge",
    technicalContactId: "65b2f1c09a3e4d0012ab34cd",
    events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
    status: "ACTIVE",
  });
}

export function analysisOf(delivery: Delivery): string | undefined {
  return delivery.known && delivery.type === "analysis.completed" ? delivery.data.analysisResultId : undefined;
}

const signer = await createTestSigner({ publishedTestKey: true });
const signed = await signDelivery(deliveries.analysisCompleted(), { signer });
const { id, publicKey } = await create();
const analysis = analysisOf(await verify(signed, { keys: publicKey, allowTestKey: true }));
if (analysis === undefined) throw new Error("It is another delivery.");
console.log(`${id} sent ${analysis}`);

export const { fetch } = createReceiver({ keys: signer.publicKey, allowTestKey: true, store: memoryStore() }).on(
  "analysis.failed",
  ({ data }) => console.log(data.analysisId),
);
