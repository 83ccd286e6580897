import type { QueuedDelivery, Receiver } from "@mindbridge-sdk/receiver";
import type { PoolClient } from "pg";
import type { PgBoss } from "pg-boss";
import { DELIVERIES } from "./queue.ts";

/**
 * Works off the queue with the handlers of a receiver, in this process or in another. If `handleQueued` rejects, the delivery is
 * tried again, and if its worker dies, another one gets it.
 */
export async function startWorker(boss: PgBoss, receiver: Pick<Receiver<PoolClient>, "handleQueued">): Promise<void> {
  await boss.work<QueuedDelivery>(DELIVERIES, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (job) await receiver.handleQueued(job.data);
  });
}
