import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { fastify as mindbridge } from "@mindbridge-sdk/receiver/fastify";
import fastify from "fastify";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  // For one process. Several processes need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

const app = fastify();
// The parsers of other routes stay as they are.
await app.register(mindbridge(receiver), { prefix: "/webhooks/mindbridge" });
// Finishes the deliveries that are being handled, and asks senders of new ones to try again.
app.addHook("preClose", () => receiver.close());

const origin = await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" });
console.log(`Listening on ${origin}/webhooks/mindbridge`);

process.once("SIGTERM", () => void app.close());
