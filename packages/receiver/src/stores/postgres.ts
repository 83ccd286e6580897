import { checkBooleans, checkNumbers, checkRest } from "../check-options.ts";
import { ConfigurationError } from "../errors.ts";
import { databaseOf, type PgClient, type PgPool, type PostgresJs, type Query } from "./postgres-client.ts";
import { createSemaphore } from "./semaphore.ts";
import type { Claim, Store } from "./store.ts";
import { KEEP_FOR, quotedTable, storedId, TABLE, wholeMilliseconds } from "./stored-values.ts";

export type { PgClient, PgPool, PgResult, PostgresJs, PostgresJsQueries } from "./postgres-client.ts";

/** Where a store in Postgres keeps its marks, and for how long. */
export interface PostgresStoreOptions {
  /** The table: `name` or `schema.name`, in upper and lower case as given; `mindbridge_deliveries` by default. */
  readonly table?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It should
   * outlast the retries of MindBridge, whose schedule is not published. `prune` deletes what is older.
   */
  readonly keepFor?: number | undefined;
  /**
   * Whether each handler runs in a transaction, which it gets as `transaction`. What it does in that is committed together
   * with the mark that the delivery has been handled, or not at all. `false` by default.
   */
  readonly transactional?: boolean | undefined;
}

/** A store in Postgres, which {@link postgresStore} makes. */
export interface PostgresStore<Transaction = undefined> extends Store<Transaction> {
  /** Creates the table if it does not exist; {@link postgresSchema} is the same for a migration. */
  setUp(): Promise<void>;

  /**
   * Deletes the marks that are older than `keepFor`, and claims that ended as long ago. Call it from time to time, such as
   * once a day: without it, the table only grows.
   *
   * @returns How many rows it deleted.
   */
  prune(): Promise<number>;
}

/** The SQL that creates the table of {@link postgresStore}, for a migration. It does nothing if the table exists. */
export function postgresSchema({ table = TABLE }: Pick<PostgresStoreOptions, "table"> = {}): string {
  // "until" is the end of the claim, or of the mark. It has no index: each renewal would have to write that, and only `prune`
  // would read it.
  return `create table if not exists ${quotedTable(table)} (
  "id" text primary key,
  "token" text not null,
  "done" boolean not null default false,
  "until" timestamptz not null
);
`;
}

/**
 * A store in Postgres 10 or newer: one row for each delivery. The server times the leases.
 *
 * With `transactional: true`, a transaction holds a connection of the pool while its handler runs. To leave one for the
 * renewal of claims, at most `max - 1` handlers run at once, and other deliveries wait for their turn. A pool of one cannot
 * renew while its handler runs: such a handler must take less time than `lease`. If handlers take long, see `enqueue` of the
 * receiver.
 *
 * A frozen process keeps its row locks. No statement of the store waits for them, but the statements of your handlers may:
 * `idle_in_transaction_session_timeout` bounds that.
 *
 * We recommend `pg`. Postgres.js 3.4 does not recover a connection that breaks while it sends a statement: whatever is sent
 * over that connection waits for ever. Set its option `fetch_types` to `false`: its query for types ends the process if the
 * connection breaks meanwhile.
 *
 * @param client A `Pool` of `pg`, or the `sql` of `postgres`. Its table must exist: see `setUp`.
 * A handler must not begin or end the transaction that it is given: such a statement rejects with a `ConfigurationError`. It may
 * use savepoints.
 *
 * @throws {ConfigurationError} if `client` is neither, or an option cannot work.
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
  { table = TABLE, keepFor = KEEP_FOR, transactional = false, ...rest }: PostgresStoreOptions = {},
): PostgresStore<Transaction> {
  checkRest("postgresStore", rest);
  checkBooleans({ transactional });
  checkNumbers({ keepFor });
  const deliveries = quotedTable(table);
  const kept = wholeMilliseconds(keepFor);
  const { connections, transaction, ...database } = databaseOf(client);
  const explained =
    (ask: Query): Query =>
    async (...statement) => {
      try {
        return await ask(...statement);
      } catch (cause) {
        throw explain(cause, deliveries);
      }
    };
  const query = explained(database.query);
  const inTurn = createSemaphore(Math.max(1, connections - 1));

  const fromNow = (parameter: string) =>
    `clock_timestamp() + ${parameter}::double precision * interval '1 millisecond'`;
  const OURS = `"id" = $1 and "token" = $2`;
  const HELD = `${OURS} and not "done"`;
  // One statement sees one state of the table: if another process changes the row meanwhile, the answer is at worst "held". A
  // row is locked while a transaction marks it.
  const CLAIM = `
    with seen as (
      select "done", "until" > clock_timestamp() as live from ${deliveries} where "id" = $1
    ), over as (
      select "id" from ${deliveries} where "id" = $1 and "until" <= clock_timestamp() for update skip locked
    ), taken as (
      update ${deliveries} set "token" = $2, "done" = false, "until" = ${fromNow("$3")} from over
      where ${deliveries}."id" = over."id" returning 1
    ), made as (
      insert into ${deliveries} ("id", "token", "until") select $1, $2, ${fromNow("$3")} where not exists (select from seen)
      on conflict ("id") do nothing returning 1
    )
    select case
      when exists (select from taken) or exists (select from made) then 'claimed'
      when exists (select from seen where live and "done") then 'done'
      else 'held'
    end as status`;
  const RENEW = `update ${deliveries} set "until" = ${fromNow("$3")} where ${HELD} returning 1`;
  const MARK = `update ${deliveries} set "done" = true, "until" = ${fromNow("$3")}`;
  const FINISH = `${MARK} where ${OURS} returning 1`;
  // The mark must be in the same transaction as the effect. The handler may have ended that, or the connection was replaced.
  const BEGIN = `select txid_current()::text as transaction from ${deliveries} where ${HELD}`;
  const FINISH_IN_TRANSACTION = `${MARK} where ${HELD} and txid_current()::text = $4 returning 1`;
  const ENDED = `
    select txid_current()::text <> $1::text as ended, txid_status($1::text::bigint) = 'committed' as committed`;
  const RELEASE = `delete from ${deliveries} where ${HELD} returning 1`;
  const PRUNE = `
    with gone as (
      delete from ${deliveries} where "id" in (
        select "id" from ${deliveries}
        where "until" <= clock_timestamp() - case when "done" then 0 else $1::double precision end * interval '1 millisecond'
        for update skip locked
      ) returning 1
    )
    select count(*)::int as count from gone`;

  const changes = async (statement: string, id: string, token: string, ...milliseconds: number[]) =>
    (await query(statement, await storedId(id), token, ...milliseconds)).length > 0;

  /**
   * Marks the delivery if its handler committed the transaction, since the effect is there.
   *
   * @throws {ConfigurationError} if the handler ended the transaction, such as within a text of several statements.
   */
  const checkEnded = async (run: Query, id: string, token: string, number: string) => {
    const [row] = await run(ENDED, number);
    const { ended, committed } = row as { ended: boolean; committed: boolean };
    if (!ended) return;
    const marked = committed && (await run(FINISH, id, token, kept)).length > 0;
    // The handler may have begun another one.
    if (marked) await run("commit");
    throw new ConfigurationError(
      `The handler ended the transaction that it was given, which the store commits with the mark. ${
        marked ? "What it committed stays, and the delivery is marked as handled" : "The delivery is not marked"
      }. Leave out begin, commit and rollback.`,
    );
  };

  return {
    async claim(id, lease) {
      const token = crypto.randomUUID();
      const [row] = await query(CLAIM, await storedId(id), token, wholeMilliseconds(lease));
      const { status } = row as { status: Claim["status"] };
      return status === "claimed" ? { status, token } : { status };
    },
    renew: (id, token, lease) => changes(RENEW, id, token, wholeMilliseconds(lease)),
    done: (id, token) => changes(FINISH, id, token, kept),
    release: (id, token) => changes(RELEASE, id, token),
    ...(transactional && {
      async transaction(given: string, token: string, work: (transaction: Transaction) => Promise<void>) {
        const id = await storedId(given);
        return inTurn(() =>
          transaction(async (handed, send) => {
            const run = explained(send);
            const [begun] = await run(BEGIN, id, token);
            // The claim can be lost while its delivery waits for its turn.
            if (!begun) return false;
            await work(handed);
            const { transaction: number } = begun as { transaction: string };
            const marked = await run(FINISH_IN_TRANSACTION, id, token, kept, number);
            if (marked.length > 0) return true;
            await checkEnded(run, id, token, number);
            return false;
          }),
        );
      },
    }),
    async setUp() {
      const [row] = await query("select to_regclass($1) is not null as there", deliveries);
      if ((row as { there: boolean }).there) return;
      // One text is one transaction. Without the lock, processes that start together would collide, and all but the first
      // would get the notice that the table exists, which `postgres` writes to the console.
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

/** What a failure of a statement of the store says about the program, if it does. */
function explain(cause: unknown, table: string): unknown {
  switch ((cause as { code?: unknown } | undefined)?.code) {
    case "42P01":
      return new ConfigurationError(
        `The table ${table} does not exist. Call await store.setUp(), or run postgresSchema() as a migration.`,
        { cause },
      );
    case "25P02":
      return new ConfigurationError(
        "The handler caught an error of the database. After that, Postgres refuses everything in the transaction. " +
          "Let the error out of the handler, or use a savepoint.",
        { cause },
      );
    default:
      return cause;
  }
}
