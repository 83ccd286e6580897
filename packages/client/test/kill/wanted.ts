import type { WebhookCreate } from "../../src/index.ts";

export const WANTED: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/mindbridge",
  technicalContactId: "65b2",
  events: ["ANALYSIS_COMPLETE"],
  status: "ACTIVE",
};
