import { MindBridge } from "@mindbridge-sdk/client";
import { verify } from "@mindbridge-sdk/receiver";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";

/** Creates a webhook against the mock, and verifies a delivery with the key that it answered. */
export async function createWebhookAndVerify() {
  const mindbridge = new MindBridge({ baseUrl: process.env.MINDBRIDGE_API_URL, token: "any-token" });
  const webhook = await mindbridge.webhooks.create({
    name: "Close the books",
    url: "https://hooks.example.com/mindbridge",
    technicalContactId: "65b2f1c09a3e4d0012ab34cd",
    events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
    status: "ACTIVE",
  });
  const signer = await createTestSigner({ publishedTestKey: true });
  const signed = await signDelivery(deliveries.analysisCompleted(), { signer });
  // The mock answers with a published key, which is refused unless that is asked for.
  const delivery = await verify(signed, { keys: webhook.publicKey, allowTestKey: true });
  if (!delivery.known || delivery.type !== "analysis.completed") throw new Error("It is another delivery.");
  return `${webhook.id} sent ${delivery.data.analysisId}`;
}
