const { MindBridge } = require("@mindbridge-sdk/client");
const { verify } = require("@mindbridge-sdk/receiver");
const { createTestSigner, deliveries, signDelivery } = require("@mindbridge-sdk/testing");

/** Reads a webhook from the mock, and verifies a delivery with its key. */
exports.readWebhookAndVerify = async () => {
  const mindbridge = new MindBridge({ baseUrl: process.env.MINDBRIDGE_API_URL, token: "any-token" });
  const webhook = await mindbridge.webhooks.get("66e0a4f7c2d81b0013fe5a90");
  const signer = await createTestSigner({ publishedTestKey: true });
  const signed = await signDelivery(deliveries.analysisFailed(), { signer });
  const delivery = await verify(signed, { keys: webhook.publicKey, allowTestKey: true });
  if (!delivery.known || delivery.type !== "analysis.failed") throw new Error("It is another delivery.");
  return `${webhook.id} sent ${delivery.data.analysisId}`;
};

if (require.main === module) {
  exports.readWebhookAndVerify().then(console.log, (error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
