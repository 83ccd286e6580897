import type { Delivery } from "@mindbridge-sdk/receiver";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";

/** The part of a delivery that goes into the queue: JSON, without the raw bytes. */
export type QueuedDelivery = Pick<Delivery, "id" | "type" | "senderId" | "data">;

export const DELIVERIES = "mindbridge-deliveries";

/** Seven days, in seconds: as long as the store of the receiver remembers a delivery. */
const SEVEN_DAYS = 604_800;

/** The queue: each job is tried three times, after a longer wait each time, and kept once it has failed for good. */
export function openQueue(connection: Redis, { delay = 1_000 }: { delay?: number } = {}): Queue<QueuedDelivery> {
  return new Queue<QueuedDelivery>(DELIVERIES, {
    connection,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: "exponential", delay },
      // While this job is kept, another job of the same id is refused.
      removeOnComplete: { age: SEVEN_DAYS },
      // These are the dead letters: `queue.getFailed()` lists them, and `job.retry()` tries one again.
      removeOnFail: false,
    },
  });
}
