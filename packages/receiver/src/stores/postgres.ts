import { databaseOf, type PgClient, type PgPool, type PostgresJs } from "./postgres-client.ts";
import { createSemaphore } from "./semaphore.ts";
import type { Store } from "./store.ts";
import { KEEP_FOR, quotedTable, storedId, TABLE, wholeMilliseconds } from "./stored-values.ts";

export type { PgClient, PgPool, PgResult, PostgresJs, PostgresJsQueries } from "./postgres-client.ts";

export interface PostgresStoreOptions {
  /** The table: `name` or `schema.name`, in exactly these letters; `mindbridge_deliveries` by default. */
  readonly table?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It is to
   * outlast the retries of the sender, whose schedule is not published. `prune` deletes what is older.
   */
  readonly keepFor?: number | undefined;
  /**
   * Whether each handler runs in a transaction, which it gets as `transaction`: what it does in that is committed together
   * with the mark that the delivery has been handled, or not at all. `false` by default.
   */
  readonly transactional?: boolean | undefined;
}

export interface PostgresStore<Transaction = undefined> extends Store<Transaction> {
  /** Creates the table where there is none. For those who would rather do that by a migration: {@link postgresSchema}. */
  setUp(): Promise<void>;

  /**
   * Deletes the marks that are older than `keepFor`, and what processes left that died as long ago. Call it now and then,
   * such as once a day: the store works without, but its table grows.
   *
   * @returns How many rows it deleted.
   */
  prune(): Promise<number>;
}

/** The SQL that creates the table of {@link postgresStore}, for a migration. It does nothing where there is the table. */
export function postgresSchema({ table = TABLE }: Pick<PostgresStoreOptions, "table"> = {}): string {
  // A row without a token is the mark of a delivery that has been handled. No index on "until": renewals would have to
  // write it, and only `prune` would read it.
  return `create table if not exists ${quotedTable(table)} (
  "id" text primary key,
  "token" text,
  "until" timestamptz not null
);
`;
}

/**
 * A store in Postgres, 9.5 or newer: one row for each delivery. Leases are timed by the server.
 *
 * With `transactional: true`, a transaction holds a connection of the pool for as long as the handler runs. At most one
 * less than the pool has (`max`) run at a time, so that claims can be renewed meanwhile; other deliveries wait for their
 * turn. A handler that runs for long keeps that many others waiting: see `enqueue` of the receiver.
 *
 * No statement waits for a process that stopped amid its transaction. What else that transaction has locked stays locked
 * until the process goes on or its connection ends: set `idle_in_transaction_session_timeout` to bound that.
 *
 * @param client A `Pool` of `pg`, or the `sql` of `postgres`. Its table must exist: see `setUp`.
 * @throws {ConfigurationError} if `table` is no name of a table.
 */
export function postgresStore<Transaction>(
  client: PostgresJs<Transaction>,
  options: PostgresStoreOptions & { readonly transactional: true },
): PostgresStore<Transaction>;
export function postgresStore<Client extends PgClient>(
  client: PgPool<Client>,
  options: PostgresStoreOptions & { readonly transactional: true },
): PostgresStore<Client>;
export function postgresStore<Transaction>(
  client: PgPool | PostgresJs<Transaction>,
  options?: PostgresStoreOptions & { readonly transactional?: false | undefined },
): PostgresStore;
export function postgresStore<Transaction>(
  client: PgPool | PostgresJs<Transaction>,
  { table = TABLE, keepFor = KEEP_FOR, transactional = false }: PostgresStoreOptions = {},
): PostgresStore<Transaction> {
  const deliveries = quotedTable(table);
  const kept = wholeMilliseconds(keepFor);
  const { connections, query, transaction } = databaseOf(client);
  const inTurn = createSemaphore(Math.max(1, connections - 1));

  const fromNow = (parameter: string) =>
    `clock_timestamp() + ${parameter}::double precision * interval '1 millisecond'`;
  const HELD = `"id" = $1 and "token" = $2`;
  // One statement, which sees one state of the table: what another process does meanwhile makes it "held" at worst. A row
  // that is locked is one that a transaction is marking.
  const CLAIM = `
    with seen as (
      select "token", "until" > clock_timestamp() as live from ${deliveries} where "id" = $1
    ), over as (
      select "id" from ${deliveries} where "id" = $1 and "until" <= clock_timestamp() for update skip locked
    ), taken as (
      update ${deliveries} set "token" = $2, "until" = ${fromNow("$3")} from over
      where ${deliveries}."id" = over."id" returning 1
    ), made as (
      insert into ${deliveries} ("id", "token", "until") select $1, $2, ${fromNow("$3")} where not exists (select from seen)
      on conflict ("id") do nothing returning 1
    )
    select case
      when exists (select from taken) or exists (select from made) then $2::text
      when exists (select from seen where live and "token" is null) then 'done'
      else 'held'
    end as claim`;
  const RENEW = `update ${deliveries} set "until" = ${fromNow("$3")} where ${HELD} returning 1`;
  const MARK = `update ${deliveries} set "token" = null, "until" = ${fromNow("$3")} where ${HELD}`;
  const FINISH = `${MARK} returning 1`;
  // A transaction that the handler has ended, or whose connection was lost and replaced, must not be taken for this one.
  const BEGIN = `select txid_current()::text as transaction from ${deliveries} where ${HELD}`;
  const FINISH_IN_TRANSACTION = `${MARK} and txid_current()::text = $4 returning 1`;
  const RELEASE = `delete from ${deliveries} where ${HELD} returning 1`;
  const PRUNE = `
    with gone as (
      delete from ${deliveries} where "id" in (
        select "id" from ${deliveries}
        where "until" <= clock_timestamp() - case when "token" is null then 0 else $1::double precision end * interval '1 millisecond'
        for update skip locked
      ) returning 1
    )
    select count(*)::int as count from gone`;

  const changes = async (statement: string, id: string, token: string, ...milliseconds: number[]) =>
    (await query(statement, await storedId(id), token, ...milliseconds)).length > 0;

  return {
    async claim(id, lease) {
      const [row] = await query(CLAIM, await storedId(id), crypto.randomUUID(), wholeMilliseconds(lease));
      return (row as { claim: string }).claim;
    },
    renew: (id, token, lease) => changes(RENEW, id, token, wholeMilliseconds(lease)),
    done: (id, token) => changes(FINISH, id, token, kept),
    release: (id, token) => changes(RELEASE, id, token),
    ...(transactional && {
      async transaction(given: string, token: string, work: (transaction: Transaction) => Promise<void>) {
        const id = await storedId(given);
        return inTurn(() =>
          transaction(async (handed, run) => {
            const [begun] = await run(BEGIN, id, token);
            // Waiting for its turn, the claim may have been lost.
            if (!begun) return false;
            await work(handed);
            const marked = await run(
              FINISH_IN_TRANSACTION,
              id,
              token,
              kept,
              (begun as { transaction: string }).transaction,
            );
            return marked.length > 0;
          }),
        );
      },
    }),
    async setUp() {
      const [row] = await query("select to_regclass($1) is not null as there", deliveries);
      if ((row as { there: boolean }).there) return;
      // One transaction, since it is one text. Without the lock, processes that start together would collide; and all but
      // the first would be told that there is the table, which `postgres` writes to the console.
      await query(`
        set local client_min_messages = warning;
        select pg_advisory_xact_lock(hashtext('${TABLE}'));
        ${postgresSchema({ table })}`);
    },
    async prune() {
      const [row] = await query(PRUNE, kept);
      return (row as { count: number }).count;
    },
  };
}
