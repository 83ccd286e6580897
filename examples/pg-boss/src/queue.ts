import type { Delivery } from "@mindbridge-sdk/receiver";
import type { PgBoss } from "pg-boss";

/** What of a delivery goes into the queue: JSON, without the raw bytes. */
export type QueuedDelivery = Pick<Delivery, "id" | "type" | "senderId" | "data">;

export const DELIVERIES = "mindbridge-deliveries";
/** Where jobs go that have failed for good. `boss.redrive(DEAD_LETTERS)` puts them back. */
export const DEAD_LETTERS = "mindbridge-dead-letters";

/** Creates the queue, where there is none: each job is tried three times, a little later each time. */
export async function createQueues(boss: PgBoss, { retryDelay = 1 }: { retryDelay?: number } = {}): Promise<void> {
  await boss.createQueue(DEAD_LETTERS);
  await boss.createQueue(DELIVERIES, {
    retryLimit: 2,
    retryDelay,
    retryBackoff: retryDelay > 0,
    deadLetter: DEAD_LETTERS,
  });
}
