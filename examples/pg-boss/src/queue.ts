import type { Delivery } from "@mindbridge-sdk/receiver";
import type { PgBoss } from "pg-boss";

/** The part of a delivery that goes into the queue: JSON, without the raw bytes. */
export type QueuedDelivery = Pick<Delivery, "id" | "type" | "senderId" | "data">;

export const DELIVERIES = "mindbridge-deliveries";
/** Jobs that have failed for good go here. `boss.redrive(DEAD_LETTERS)` puts them back. */
export const DEAD_LETTERS = "mindbridge-dead-letters";

/** Creates the queue if it does not exist: each job is tried three times, after a longer wait each time. */
export async function createQueues(boss: PgBoss, { retryDelay = 1 }: { retryDelay?: number } = {}): Promise<void> {
  await boss.createQueue(DEAD_LETTERS);
  await boss.createQueue(DELIVERIES, {
    retryLimit: 2,
    retryDelay,
    retryBackoff: retryDelay > 0,
    deadLetter: DEAD_LETTERS,
  });
}
