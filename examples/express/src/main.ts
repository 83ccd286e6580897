import type { AddressInfo } from "node:net";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import express from "express";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY ?? [],
  // For one process. Where there are several, they need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // What throws is answered with 500, so that the delivery comes again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

const app = express();
// Before any parser: the signature covers the bytes as they came.
app.post("/webhooks/mindbridge", node(receiver));
app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/webhooks/mindbridge`);
});

// What is being handled is handled to its end; what comes meanwhile is asked to come again.
process.once("SIGTERM", () => void receiver.close().then(() => server.close()));
