import client = require("@mindbridge-sdk/client");
import receiver = require("@mindbridge-sdk/receiver");
import testing = require("@mindbridge-sdk/testing");

const mindbridge = new client.MindBridge({ baseUrl: process.env.MINDBRIDGE_API_URL ?? "", token: "any-token" });

async function main(): Promise<string> {
  const webhook: client.Webhook = await mindbridge.webhooks.get("66e0a4f7c2d81b0013fe5a90");
  const signer = await testing.createTestSigner({ publishedTestKey: true });
  const signed = await testing.signDelivery(testing.deliveries.analysisFailed(), { signer });
  const delivery = await receiver.verify(signed, { keys: webhook.publicKey, allowTestKey: true });
  if (!delivery.known || delivery.type !== "analysis.failed") throw new Error("It is another delivery.");
  return `${webhook.id} sent ${delivery.data.analysisId}`;
}

main().then(console.log, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
