import type { QueuedDelivery } from "@mindbridge-sdk/receiver";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";

export const DELIVERIES = "mindbridge-deliveries";

/** Seven days, in seconds: as long as the store of the receiver remembers a delivery. */
const SEVEN_DAYS = 604_800;

/**
 * The queue: each job is tried six times, after 2, 4, 8, 16 and 32 seconds, and kept once it has failed for good. If a worker dies, its
 * claim on a delivery holds for the `lease` of its receiver (30 seconds): the tries must go on for longer than that.
 */
export function openQueue(connection: Redis, { delay = 2_000 }: { delay?: number } = {}): Queue<QueuedDelivery> {
  return new Queue<QueuedDelivery>(DELIVERIES, {
    connection,
    defaultJobOptions: {
      attempts: 6,
      backoff: { type: "exponential", delay },
      // While this job is kept, another job of the same id is refused.
      removeOnComplete: { age: SEVEN_DAYS },
      // These are the dead letters: `queue.getFailed()` lists them, and `job.retry()` tries one again.
      removeOnFail: false,
    },
  });
}
