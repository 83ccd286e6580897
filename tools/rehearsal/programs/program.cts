import client = require("@mindbridge-sdk/client");
import receiver = require("@mindbridge-sdk/receiver");
import testing = require("@mindbridge-sdk/testing");

const mindbridge = new client.MindBridge({ tenant: "acme", token: "any-token" });

export async function main(): Promise<string> {
  const webhook: client.Webhook = await mindbridge.webhooks.get("66e0a4f7c2d81b0013fe5a90");
  const signer = await testing.createTestSigner({ publishedTestKey: true });
  const signed = await testing.signDelivery(testing.deliveries.analysisFailed(), { signer });
  const delivery = await receiver.verify(signed, { keys: webhook.publicKey ?? [], allowTestKey: true });
  return delivery.known ? delivery.data.analysisId : delivery.type;
}
