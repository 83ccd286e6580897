import { checkBooleans, checkFunctions, checkNumbers, checkRest } from "../check-options.ts";
import { ConfigurationError } from "../errors.ts";
import { createSemaphore } from "./semaphore.ts";
import type { Claim, Store } from "./store.ts";
import { KEEP_FOR, quotedTable, storedId, TABLE, wholeMilliseconds } from "./stored-values.ts";

/** What the store uses of the `DatabaseSync` of node:sqlite, and of the `Database` of better-sqlite3 and bun:sqlite. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

/** What the store uses of a prepared statement. */
export interface SqliteStatement {
  get(...values: (string | number)[]): unknown;
  run(...values: (string | number)[]): { changes: number | bigint };
}

/** Where a store in SQLite keeps its marks, and for how long; and how it waits for a locked database. */
export interface SqliteStoreOptions {
  /** The table: `name` or `schema.name`; `mindbridge_deliveries` by default. */
  readonly table?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It should
   * outlast the retries of MindBridge, whose schedule is not published. `prune` deletes what is older.
   */
  readonly keepFor?: number | undefined;
  /**
   * Whether each handler runs in a transaction. The handler gets the database as `transaction`: what it does with that is
   * committed together with the mark that the delivery has been handled, or not at all. `false` by default.
   */
  readonly transactional?: boolean | undefined;
  /**
   * How long to wait for a database that another process has locked, in milliseconds; 2,000 by default. After that, the
   * store rejects with the error of the driver, and the sender is told to come again.
   */
  readonly busyTimeout?: number | undefined;
}

/** A store in SQLite, which {@link sqliteStore} makes. */
export interface SqliteStore<Transaction = undefined> extends Store<Transaction> {
  /**
   * Creates the table if it does not exist; {@link sqliteSchema} is the same for a migration. With `transactional: true`, it
   * also sets `journal_mode = wal`, which the file then keeps.
   *
   * @throws {ConfigurationError} if the database needs WAL and cannot have it.
   */
  setUp(): Promise<void>;

  /**
   * Deletes the marks that are older than `keepFor`, and claims that ended as long ago. Call it from time to time, such as
   * once a day: without it, the table only grows. It works in small steps, and deliveries are handled between them.
   *
   * @returns How many rows it deleted.
   */
  prune(): Promise<number>;
}

/** The SQL that creates the table of {@link sqliteStore}, for a migration. It does nothing if the table exists. */
export function sqliteSchema({ table = TABLE }: Pick<SqliteStoreOptions, "table"> = {}): string {
  // "until" is in milliseconds since the epoch: the end of the claim, or of the mark.
  return `create table if not exists ${quotedTable(table)} (
  "id" text primary key,
  "token" text not null,
  "done" integer not null default 0,
  "until" integer not null
) without rowid;
`;
}

/** What the stores on one connection share, since SQLite has one transaction for each connection. */
interface Connection {
  /** Runs one piece of work at a time. */
  readonly inTurn: ReturnType<typeof createSemaphore>;
  /** The delivery whose handler runs in the open transaction. */
  handling: string | undefined;
}

const connections = /* @__PURE__ */ new WeakMap<SqliteDatabase, Connection>();

/**
 * A store in SQLite 3.24 or newer, for processes of one machine: one row for each delivery. The clock of the machine times
 * the leases.
 *
 * Give it a connection of its own, so that nothing else gets into its transactions. Leave the driver's own wait for a locked
 * database at 0 (the default of node:sqlite; `timeout: 0` for better-sqlite3): that wait stops the whole process, and the
 * wait of the store does not.
 *
 * With `transactional: true`, handlers run one after the other, and while one runs, no other process can write to the
 * database. So a handler should write what it must, and do nothing that takes long. If a process is frozen in a transaction,
 * the others cannot write until it goes on: their senders are told to come again. `setUp` then asks for WAL: in other journal
 * modes, a process that reads for long keeps every handler from committing.
 *
 * @param database An open database of node:sqlite, better-sqlite3 or bun:sqlite. Its table must exist: see `setUp`.
 * A handler must not end the transaction: the delivery is then not marked.
 *
 * @throws {ConfigurationError} if `database` is none, or an option cannot work.
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
  { table = TABLE, keepFor = KEEP_FOR, transactional = false, busyTimeout = 2_000, ...rest }: SqliteStoreOptions = {},
): SqliteStore<Database> {
  checkRest("sqliteStore", rest);
  checkBooleans({ transactional });
  checkNumbers({ keepFor, busyTimeout });
  const deliveries = quotedTable(table);
  const kept = wholeMilliseconds(keepFor);
  checkFunctions("The database of sqliteStore", database, "exec", "prepare");
  const connection = connections.get(database) ?? { inTurn: createSemaphore(1), handling: undefined };
  connections.set(database, connection);
  const { inTurn } = connection;

  // Prepared when first used: before `setUp`, the table may not exist.
  const statements = new Map<string, SqliteStatement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? prepare(database, sql, deliveries);
    statements.set(sql, statement);
    return statement;
  };
  const changes = (sql: string, ...values: (string | number)[]) => Number(prepared(sql).run(...values).changes);
  const whenFree = <T>(work: () => T) => waitWhileBusy(work, busyTimeout);

  const HELD = `"id" = ? and "token" = ? and not "done"`;
  const SEE = `select "done", "until" from ${deliveries} where "id" = ?`;
  const CLAIM = `insert into ${deliveries} ("id", "token", "until") values (?, ?, ?) on conflict ("id")
    do update set "token" = excluded."token", "done" = 0, "until" = excluded."until" where "until" <= ?`;
  const RENEW = `update ${deliveries} set "until" = ? where ${HELD}`;
  const FINISH = `update ${deliveries} set "done" = 1, "until" = ? where "id" = ? and "token" = ?`;
  const FINISH_HELD = `${FINISH} and not "done"`;
  const RELEASE = `delete from ${deliveries} where ${HELD}`;
  const NEXT_BATCH = `select "id" from ${deliveries} where "id" >= ? order by "id" limit 1 offset ${PRUNE_BATCH}`;
  const PRUNE = `delete from ${deliveries} where "until" <= case when "done" then ? else ? end and "id" >= ?`;
  const PRUNE_BEFORE = `${PRUNE} and "id" < ?`;

  const nameOf = (id: string) => `${deliveries} ${id}`;

  /** The answer to a claim on a delivery that cannot be claimed now. */
  const unavailable = (id: string): Claim | undefined => {
    // On this connection, the transaction's own mark is visible before it is committed.
    if (connection.handling === nameOf(id)) return { status: "held" };
    const row = prepared(SEE).get(id) as { done: number; until: number } | null | undefined;
    if (!row || row.until <= Date.now()) return undefined;
    return { status: row.done ? "done" : "held" };
  };
  const finish = (sql: string, id: string, token: string) => changes(sql, Date.now() + kept, id, token) > 0;

  return {
    async claim(given, lease) {
      const id = await storedId(given);
      // A reader need not wait for its turn, so a delivery that is sent again is answered while a handler runs.
      const answer = await whenFree(() => unavailable(id));
      if (answer) return answer;
      const token = crypto.randomUUID();
      return inTurn(() =>
        whenFree((): Claim => {
          const now = Date.now();
          if (changes(CLAIM, id, token, now + wholeMilliseconds(lease), now) > 0) return { status: "claimed", token };
          return unavailable(id) ?? { status: "held" };
        }),
      );
    },
    async renew(given, token, lease) {
      const id = await storedId(given);
      // This does not wait for its turn, since the handler in the open transaction needs it. A renewal in the transaction of
      // another delivery can be rolled back with that: the claim then ends earlier, and its token fences.
      return whenFree(() => changes(RENEW, Date.now() + wholeMilliseconds(lease), id, token) > 0);
    },
    async done(given, token) {
      const id = await storedId(given);
      return inTurn(() => whenFree(() => finish(FINISH, id, token)));
    },
    async release(given, token) {
      const id = await storedId(given);
      return inTurn(() => whenFree(() => changes(RELEASE, id, token) > 0));
    },
    ...(transactional && {
      async transaction(given: string, token: string, work: (transaction: Database) => Promise<void>) {
        const id = await storedId(given);
        return inTurn(async () => {
          // It takes the lock for writing now: a transaction that reads first can fail when it comes to write.
          await whenFree(() => database.exec("begin immediate"));
          connection.handling = nameOf(id);
          let committed = false;
          try {
            database.exec(`savepoint ${SAVEPOINT}`);
            await work(database);
            releaseSavepoint(database);
            if (!finish(FINISH_HELD, id, token)) return false;
            await whenFree(() => database.exec("commit"));
            committed = true;
          } finally {
            if (!committed) rollBack(database);
            connection.handling = undefined;
          }
          return true;
        });
      },
    }),
    setUp: () =>
      inTurn(async () => {
        if (transactional) await whenFree(() => useWal(database));
        await whenFree(() => database.exec(sqliteSchema({ table })));
      }),
    async prune() {
      const now = Date.now();
      let deleted = 0;
      let from: string | undefined = "";
      while (from !== undefined) {
        const start: string = from;
        const next = await whenFree(() => prepared(NEXT_BATCH).get(start) as { id: string } | null | undefined);
        const values = [now, now - kept, start];
        deleted += await inTurn(() =>
          whenFree(() => (next ? changes(PRUNE_BEFORE, ...values, next.id) : changes(PRUNE, ...values))),
        );
        from = next?.id;
        // The driver stops the whole process while it deletes, so deliveries get their turn in between.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return deleted;
    },
  };
}

function prepare(database: SqliteDatabase, sql: string, table: string): SqliteStatement {
  try {
    return database.prepare(sql);
  } catch (cause) {
    if (!`${cause}`.includes("no such table")) throw cause;
    throw new ConfigurationError(
      `The table ${table} does not exist. Call await store.setUp(), or run sqliteSchema() as a migration.`,
      { cause },
    );
  }
}

/** How many rows `prune` looks at in one go: some milliseconds, for which the process stands still and nobody else can write. */
const PRUNE_BATCH = 5_000;

const SAVEPOINT = '"mindbridge delivery"';

/**
 * Ends the savepoint of the transaction. It is gone if the transaction is: SQLite rolls back by itself, such as when the disk
 * is full, and the handler may have caught that error. A mark would then be written without the effect.
 */
function releaseSavepoint(database: SqliteDatabase): void {
  try {
    database.exec(`release ${SAVEPOINT}`);
  } catch (cause) {
    throw new ConfigurationError(
      "The transaction ended before its handler did, so the delivery is not marked. The handler committed it or rolled it " +
        "back, or it caught an error on which SQLite rolls back. Leave out commit and rollback, and let errors of the " +
        "database out of the handler.",
      { cause },
    );
  }
}

function rollBack(database: SqliteDatabase): void {
  try {
    database.exec("rollback");
  } catch {
    // SQLite has rolled back by itself. The error that came before is the one to throw.
  }
}

/** Sets the journal mode that lets others read while a transaction commits. A database in memory has no others. */
function useWal(database: SqliteDatabase): void {
  const modeOf = (sql: string) => (database.prepare(sql).get() as { journal_mode: string }).journal_mode;
  if (["wal", "memory"].includes(modeOf("pragma journal_mode"))) return;
  const mode = modeOf("pragma journal_mode = wal");
  if (mode === "wal") return;
  throw new ConfigurationError(
    `With transactional: true, the store needs \`pragma journal_mode = wal\`, and this database stays in mode "${mode}". ` +
      "Put it on a local disk that the process may write to.",
  );
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

/** Whether a driver reports SQLITE_BUSY. The lower byte of an extended code is the code. */
function isBusy(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: unknown };
  return errcode === undefined ? `${code}`.startsWith("SQLITE_BUSY") : (errcode & 0xff) === 5;
}
