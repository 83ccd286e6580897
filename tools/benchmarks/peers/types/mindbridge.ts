import { MindBridge } from "@mindbridge-sdk/client";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";

const mindbridge = new MindBridge({ tenant: "acme", token: "a-token" });
const webhook = await mindbridge.webhooks.create({
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2f1c09a3e4d0012ab34cd",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
});
export const id: string = webhook.id;

export const receiver = createReceiver({ keys: webhook.publicKey, store: memoryStore() }).on(
  "analysis.completed",
  ({ data }) => console.log(data.analysisId),
);
