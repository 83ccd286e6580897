import type { WebhookCreate } from "@mindbridge-sdk/client";

export const WANTED: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
};
