import type { PgBoss } from "pg-boss";
import { DELIVERIES, type QueuedDelivery } from "./queue.ts";

/**
 * Works off the queue, in this process or in another. If `handle` rejects, the delivery is tried again, and if its worker dies,
 * another one gets it: make `handle` idempotent.
 */
export async function startWorker(boss: PgBoss, handle: (delivery: QueuedDelivery) => Promise<void>): Promise<void> {
  await boss.work<QueuedDelivery>(DELIVERIES, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (job) await handle(job.data);
  });
}
