import { createReceiver, type QueuedDelivery } from "@mindbridge-sdk/receiver";
import { fastify as mindbridge } from "@mindbridge-sdk/receiver/fastify";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { Queue, Worker } from "bullmq";
import fastify from "fastify";
import { Redis } from "ioredis";

const NAME = "mindbridge-deliveries";
const connection = new Redis(process.env.REDIS_URL ?? "redis://127.0.0.1:6379", { maxRetriesPerRequest: null });
const queue = new Queue<QueuedDelivery>(NAME, {
  connection,
  defaultJobOptions: { attempts: 6, backoff: { type: "exponential", delay: 2_000 } },
});

const receiver = createReceiver({ keys: process.env.MINDBRIDGE_PUBLIC_KEY, store: redisStore(connection) })
  .on("analysis.completed", ({ data }) => console.log(`Analysis ${data.analysisId} is complete.`))
  .enqueue((delivery) => queue.add(delivery.type, delivery));
const worker = new Worker<QueuedDelivery>(NAME, ({ data }) => receiver.handleQueued(data), { connection });

const app = fastify();
await app.register(mindbridge(receiver), { prefix: "/webhooks/mindbridge" });
const origin = await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" });
console.log(`Listening on ${origin}/webhooks/mindbridge`);

process.once("SIGTERM", async () => {
  await Promise.all([app.close(), worker.close(), receiver.close()]);
  await queue.close();
  connection.disconnect();
});
