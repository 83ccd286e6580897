import type { AddressInfo } from "node:net";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import express from "express";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  // For one process. Several processes need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

const app = express();
// Before any parser: the signature covers the raw bytes.
app.post("/webhooks/mindbridge", node(receiver));
app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/webhooks/mindbridge`);
});

// Finishes the deliveries that are being handled, and asks senders of new ones to try again.
process.once("SIGTERM", () => void receiver.close().then(() => server.close()));
