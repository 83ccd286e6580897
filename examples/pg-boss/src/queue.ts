import type { PgBoss } from "pg-boss";

export const DELIVERIES = "mindbridge-deliveries";
/** Jobs that have failed for good go here. `boss.redrive(DEAD_LETTERS)` puts them back. */
export const DEAD_LETTERS = "mindbridge-dead-letters";

/**
 * Creates the queue if it does not exist: each job is tried six times, after 2, 4, 8, 16 and 32 seconds or up to twice that. If a
 * worker dies, its claim on a delivery holds for the `lease` of its receiver (30 seconds): the tries must go on for longer than that.
 */
export async function createQueues(boss: PgBoss, { retryDelay = 2 }: { retryDelay?: number } = {}): Promise<void> {
  await boss.createQueue(DEAD_LETTERS);
  await boss.createQueue(DELIVERIES, {
    retryLimit: 5,
    retryDelay,
    retryBackoff: retryDelay > 0,
    deadLetter: DEAD_LETTERS,
  });
}
