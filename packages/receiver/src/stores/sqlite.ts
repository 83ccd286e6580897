import { createSemaphore } from "./semaphore.ts";
import type { Store } from "./store.ts";
import { KEEP_FOR, quotedTable, storedId, TABLE, wholeMilliseconds } from "./stored-values.ts";

/** What the store uses of the `DatabaseSync` of node:sqlite, and of the `Database` of better-sqlite3 and bun:sqlite. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

export interface SqliteStatement {
  get(...values: (string | number)[]): unknown;
  run(...values: (string | number)[]): { changes: number | bigint };
}

export interface SqliteStoreOptions {
  /** The table: `name` or `schema.name`; `mindbridge_deliveries` by default. */
  readonly table?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It is to
   * outlast the retries of the sender, whose schedule is not published. `prune` deletes what is older.
   */
  readonly keepFor?: number | undefined;
  /**
   * Whether each handler runs in a transaction: what it does with the database, which it gets as `transaction`, is
   * committed together with the mark that the delivery has been handled, or not at all. `false` by default.
   */
  readonly transactional?: boolean | undefined;
  /**
   * How long to wait for a database that another process is writing to, in milliseconds; 2,000 by default. After that,
   * the error of the driver is thrown, and the sender is asked to come again.
   */
  readonly busyTimeout?: number | undefined;
}

export interface SqliteStore<Transaction = undefined> extends Store<Transaction> {
  /** Creates the table where there is none. For those who would rather do that by a migration: {@link sqliteSchema}. */
  setUp(): Promise<void>;

  /**
   * Deletes the marks that are older than `keepFor`, and what processes left that died as long ago. Call it now and then,
   * such as once a day: the store works without, but its table grows.
   *
   * @returns How many rows it deleted.
   */
  prune(): Promise<number>;
}

/** The SQL that creates the table of {@link sqliteStore}, for a migration. It does nothing where there is the table. */
export function sqliteSchema({ table = TABLE }: Pick<SqliteStoreOptions, "table"> = {}): string {
  // A row without a token is the mark of a delivery that has been handled. "until" is in milliseconds since the epoch.
  return `create table if not exists ${quotedTable(table)} (
  "id" text primary key,
  "token" text,
  "until" integer not null
) without rowid;
`;
}

/** The transactions of a connection: one at a time, whichever store it is of. */
const turnsOf = /* @__PURE__ */ new WeakMap<SqliteDatabase, ReturnType<typeof createSemaphore>>();

/**
 * A store in SQLite, 3.24 or newer, for processes of one machine: one row for each delivery. Leases are timed by the clock
 * of the machine.
 *
 * Give it a connection of its own, so that nothing else gets into its transactions, and set `PRAGMA journal_mode = WAL`,
 * so that readers and the writer do not wait for each other. Leave the driver's own wait for a busy database at 0 (the
 * default of node:sqlite; `timeout: 0` for better-sqlite3): it stops the whole process, while the store waits
 * without that.
 *
 * With `transactional: true`, handlers run one after the other, and while one runs, no other process can write to the
 * database: let them write what they have to, and nothing that takes long. A process that is stopped amid one stops the
 * others' writing until it goes on; they ask their senders to come again.
 *
 * @param database An open database of node:sqlite, better-sqlite3 or bun:sqlite. Its table must exist: see `setUp`.
 * @throws {ConfigurationError} if `table` is no name of a table.
 */
export function sqliteStore<Database extends SqliteDatabase>(
  database: Database,
  options: SqliteStoreOptions & { readonly transactional: true },
): SqliteStore<Database>;
export function sqliteStore(
  database: SqliteDatabase,
  options?: SqliteStoreOptions & { readonly transactional?: false | undefined },
): SqliteStore;
export function sqliteStore<Database extends SqliteDatabase>(
  database: Database,
  { table = TABLE, keepFor = KEEP_FOR, transactional = false, busyTimeout = 2_000 }: SqliteStoreOptions = {},
): SqliteStore<Database> {
  const deliveries = quotedTable(table);
  const kept = wholeMilliseconds(keepFor);
  const inTurn = turnsOf.get(database) ?? createSemaphore(1);
  turnsOf.set(database, inTurn);

  // Prepared when first used: the table may not be there before.
  const statements = new Map<string, SqliteStatement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const changes = (sql: string, ...values: (string | number)[]) => Number(prepared(sql).run(...values).changes);
  const whenFree = <T>(work: () => T) => waitWhileBusy(work, busyTimeout);

  const HELD = `"id" = ? and "token" = ?`;
  const SEE = `select "token", "until" from ${deliveries} where "id" = ?`;
  const CLAIM = `insert into ${deliveries} ("id", "token", "until") values (?, ?, ?)
    on conflict ("id") do update set "token" = excluded."token", "until" = excluded."until" where "until" <= ?`;
  const RENEW = `update ${deliveries} set "until" = ? where ${HELD}`;
  const FINISH = `update ${deliveries} set "token" = null, "until" = ? where ${HELD}`;
  const RELEASE = `delete from ${deliveries} where ${HELD}`;
  const PRUNE = `delete from ${deliveries} where "until" <= case when "token" is null then ? else ? end`;

  /** What to answer where the delivery cannot be claimed now. */
  const unavailable = (id: string) => {
    const row = prepared(SEE).get(id) as { token: string | null; until: number } | null | undefined;
    if (!row || row.until <= Date.now()) return undefined;
    return row.token === null ? "done" : "held";
  };
  const finish = (id: string, token: string) => changes(FINISH, Date.now() + kept, id, token) > 0;

  return {
    async claim(given, lease) {
      const id = await storedId(given);
      // Reading waits for nobody, so a delivery that is sent again is answered while others write.
      const answer = await whenFree(() => unavailable(id));
      if (answer) return answer;
      const token = crypto.randomUUID();
      return inTurn(() =>
        whenFree(() => {
          const now = Date.now();
          if (changes(CLAIM, id, token, now + wholeMilliseconds(lease), now) > 0) return token;
          return unavailable(id) ?? "held";
        }),
      );
    },
    async renew(given, token, lease) {
      const id = await storedId(given);
      // In no turn, or the handler whose transaction is open could not renew its claim. Within that transaction, it is
      // rolled back where that is: the claim then ends earlier, and the token fences.
      return whenFree(() => changes(RENEW, Date.now() + wholeMilliseconds(lease), id, token) > 0);
    },
    async done(given, token) {
      const id = await storedId(given);
      return inTurn(() => whenFree(() => finish(id, token)));
    },
    async release(given, token) {
      const id = await storedId(given);
      return inTurn(() => whenFree(() => changes(RELEASE, id, token) > 0));
    },
    ...(transactional && {
      async transaction(given: string, token: string, work: (transaction: Database) => Promise<void>) {
        const id = await storedId(given);
        return inTurn(async () => {
          // Not when the first statement writes: to get from reading to writing can fail.
          await whenFree(() => database.exec("begin immediate"));
          let committed = false;
          try {
            await work(database);
            if (!finish(id, token)) return false;
            await whenFree(() => database.exec("commit"));
            committed = true;
          } finally {
            if (!committed) rollBack(database);
          }
          return true;
        });
      },
    }),
    setUp: async () => void (await inTurn(() => whenFree(() => database.exec(sqliteSchema({ table }))))),
    prune: () => inTurn(() => whenFree(() => changes(PRUNE, Date.now(), Date.now() - kept))),
  };
}

function rollBack(database: SqliteDatabase): void {
  try {
    database.exec("rollback");
  } catch {
    // SQLite has rolled back by itself, such as when the disk is full. The error to tell is the one that came before.
  }
}

/** Tries again while another process has the database locked. */
async function waitWhileBusy<T>(work: () => T, timeout: number): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** SQLITE_BUSY, with what each driver makes of it. The lower byte of an extended code is the code. */
function isBusy(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: unknown };
  return errcode === undefined ? `${code}`.startsWith("SQLITE_BUSY") : (errcode & 0xff) === 5;
}
