import type { PgBoss } from "pg-boss";
import { DELIVERIES, type QueuedDelivery } from "./queue.ts";

/**
 * Works off the queue, in this process or in another. A delivery whose `handle` rejects is tried again, and one whose worker
 * dies is given to another: what `handle` does must bear being done again.
 */
export async function startWorker(boss: PgBoss, handle: (delivery: QueuedDelivery) => Promise<void>): Promise<void> {
  await boss.work<QueuedDelivery>(DELIVERIES, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (job) await handle(job.data);
  });
}
