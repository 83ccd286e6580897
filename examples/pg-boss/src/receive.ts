import { createReceiver, type Receiver, type ReceiverOptions } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import type { Pool, PoolClient } from "pg";
import type { PgBoss } from "pg-boss";
import { DELIVERIES } from "./queue.ts";

/**
 * Answers the sender once a delivery is in the queue. One transaction commits the job and the mark that the delivery was
 * handled, so there is exactly one job for each delivery.
 *
 * @param pool Of the database that the queue is in. The table of the store must exist: see `setUp` of the store.
 */
export function receiveInto(
  boss: PgBoss,
  pool: Pool,
  options: Pick<ReceiverOptions, "keys" | "log">,
): Receiver<PoolClient> {
  const store = postgresStore(pool, { transactional: true });
  return createReceiver({ ...options, store }).enqueue((delivery, { transaction }) =>
    boss.send(DELIVERIES, delivery, {
      db: { executeSql: (text, values) => transaction.query(text, values as unknown[]) },
    }),
  );
}
