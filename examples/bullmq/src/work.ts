import { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { DELIVERIES, type QueuedDelivery } from "./queue.ts";

/**
 * Works off the queue, in this process or in another. If `handle` rejects, the delivery is tried again, and if its worker dies,
 * another one gets it: make `handle` idempotent.
 *
 * @param connection One with `maxRetriesPerRequest: null`: workers wait for Redis to come back.
 */
export function startWorker(connection: Redis, handle: (delivery: QueuedDelivery) => Promise<void>): Worker {
  return new Worker<QueuedDelivery>(DELIVERIES, ({ data }) => handle(data), { connection, concurrency: 5 });
}
