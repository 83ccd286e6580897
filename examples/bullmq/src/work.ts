import type { QueuedDelivery, Receiver } from "@mindbridge-sdk/receiver";
import { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { DELIVERIES } from "./queue.ts";

/**
 * Works off the queue with the handlers of a receiver, in this process or in another. If `handleQueued` rejects, the delivery is
 * tried again, and if its worker dies, another one gets it.
 *
 * @param connection One with `maxRetriesPerRequest: null`: workers wait for Redis to come back.
 */
export function startWorker(connection: Redis, receiver: Pick<Receiver, "handleQueued">): Worker {
  return new Worker<QueuedDelivery>(DELIVERIES, ({ data }) => receiver.handleQueued(data), {
    connection,
    concurrency: 5,
  });
}
