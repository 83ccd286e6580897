import { fileURLToPath } from "node:url";
import { APIError, MindBridge, type WebhookCreate } from "@mindbridge-sdk/client";
import { startMockServer } from "@mindbridge-sdk/mock-server";
import { describeRefusal, describeWebhook } from "./describe.ts";

const document = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
await using mock = await startMockServer({ document });
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
  console.log(`The same without events is refused (outcome: ${error.outcome}):\n${describeRefusal(error)}`);
}
