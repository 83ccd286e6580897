import { serve } from "@hono/node-server";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { Hono } from "hono";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  // For one process. Several processes need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

const app = new Hono();
// The request as it came: `c.req.json()` would read its body.
app.post("/webhooks/mindbridge", (c) => receiver.fetch(c.req.raw));

const server = serve(
  { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" },
  ({ address, port }) => console.log(`Listening on http://${address}:${port}/webhooks/mindbridge`),
);

// Finishes the deliveries that are being handled, and asks senders of new ones to try again.
process.once("SIGTERM", () => void receiver.close().then(() => server.close()));
