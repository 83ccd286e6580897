import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Store } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { sqliteSchema, sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
import { hasPostgres, hasRedis, type Service, startPostgres, startRedis } from "@mindbridge-sdk/services";
import { Redis } from "ioredis";
import { Pool, type PoolClient } from "pg";
import postgres, { type TransactionSql } from "postgres";
import { createClient } from "redis";
import type { Effect } from "./journal.ts";

/** What goes wrong in a phase of a run. */
export type Phase = "network" | "restarts" | "memory" | "readers" | "processes";

/** What a receiver works with: a store, and how to write an effect into its transaction, if it has one. */
export interface Backend<Transaction> {
  readonly store: Store<Transaction>;
  readonly effect?: (transaction: Transaction, effect: Effect) => Promise<void>;
}

/** A store, with a driver and a mode. */
export interface Kind {
  /** Whether effect and mark are committed together. Otherwise, the process writes effects to a file. */
  readonly transactional: boolean;
  /** The phases that it goes through. */
  readonly phases: readonly Phase[];
  /** Whether handlers may take longer than their lease: a claim must be renewed meanwhile. */
  readonly longHandlers: boolean;
  /** Whether it can run on this machine. */
  readonly available: () => boolean;
  /** Starts the server. A database in a file has none. */
  readonly start?: () => Promise<Service>;
  readonly setUp: (url: string) => Promise<void>;
  readonly open: (url: string) => Promise<Backend<never>>;
  /** The effects that were committed, if the kind is transactional. */
  readonly effects: (url: string) => Promise<Effect[]>;
}

/** The type of the transaction is known to the store and its effect only. */
const backend = <Transaction>(store: Store<Transaction>, effect?: Backend<Transaction>["effect"]) =>
  ({ store, effect }) as unknown as Backend<never>;

/** In milliseconds. */
const RECONNECT = 50;
const CONNECT_TIMEOUT = 1_000;
/** Some readers keep a transaction of SQLite from committing for longer. */
const BUSY_TIMEOUT = 150;

const redis = (open: Kind["open"]): Kind => ({
  transactional: false,
  phases: ["network", "restarts", "memory", "processes"],
  longHandlers: true,
  available: hasRedis,
  start: () => startRedis({ durable: true }),
  setUp: async () => {},
  open,
  effects: async () => [],
});

async function openNodeRedis(url: string): Promise<Backend<never>> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_TIMEOUT, reconnectStrategy: RECONNECT },
  });
  client.on("error", () => {});
  await client.connect();
  return backend(redisStore(client));
}

async function openIoRedis(url: string): Promise<Backend<never>> {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    connectTimeout: CONNECT_TIMEOUT,
    retryStrategy: () => RECONNECT,
    lazyConnect: true,
  });
  client.on("error", () => {});
  await client.connect();
  return backend(redisStore(client));
}

const EFFECTS = "create table effects (delivery text, attempt text)";

const onPostgres = (transactional: boolean, open: Kind["open"]): Kind => ({
  transactional,
  phases: ["network", "restarts", "processes"],
  longHandlers: true,
  available: hasPostgres,
  start: startPostgres,
  async setUp(url) {
    const pool = new Pool({ connectionString: url });
    await postgresStore(pool).setUp();
    await pool.query(EFFECTS);
    await pool.end();
  },
  open,
  async effects(url) {
    const pool = new Pool({ connectionString: url });
    const { rows } = await pool.query<Effect>("select * from effects");
    await pool.end();
    return rows;
  },
});

const pg = (transactional: boolean, max = 10): Kind =>
  onPostgres(transactional, async (url) => {
    const pool = new Pool({ connectionString: url, max, connectionTimeoutMillis: CONNECT_TIMEOUT });
    pool.on("error", () => {});
    if (!transactional) return backend(postgresStore(pool));
    return backend(postgresStore(pool, { transactional }), async (client: PoolClient, { delivery, attempt }) => {
      await client.query("insert into effects values ($1, $2)", [delivery, attempt]);
    });
  });

/** A transaction takes its only connection. Processes fail with it as with a larger pool. */
const pgPoolOfOne = (transactional: boolean): Kind => ({
  ...pg(transactional, 1),
  phases: ["network", "restarts"],
  longHandlers: !transactional,
});

const postgresJs = (transactional: boolean): Kind =>
  onPostgres(transactional, async (url) => {
    const sql = postgres(url, {
      connect_timeout: CONNECT_TIMEOUT / 1_000,
      backoff: () => RECONNECT / 1_000,
      // The query for types ends the process if the connection breaks meanwhile.
      fetch_types: false,
      onnotice: () => {},
    });
    if (!transactional) return backend(postgresStore(sql));
    return backend(postgresStore(sql, { transactional }), async (within: TransactionSql, { delivery, attempt }) => {
      await within`insert into effects values (${delivery}, ${attempt})`;
    });
  });

const sqlite = (transactional: boolean, mode: "wal" | "delete"): Kind => {
  const openDatabase = (path: string) => {
    // It waits for others only here: the store has a wait of its own. SQLite does not serve those who wait in their order, so
    // one that starts amid the deliveries may wait for as long as they take.
    const database = new DatabaseSync(path, { timeout: 60_000 });
    database.exec("pragma synchronous = normal; pragma busy_timeout = 0");
    return database;
  };
  return {
    transactional,
    phases: ["readers", "processes"],
    longHandlers: true,
    available: () => true,
    async setUp(path) {
      const database = openDatabase(path);
      database.exec(`pragma journal_mode = ${mode}; ${sqliteSchema()} ${EFFECTS}`);
      database.close();
    },
    async open(path) {
      const database = openDatabase(path);
      if (!transactional) return backend(sqliteStore(database));
      return backend(
        sqliteStore(database, { transactional, busyTimeout: BUSY_TIMEOUT }),
        async (given, { delivery, attempt }) => {
          given.prepare("insert into effects values (?, ?)").run(delivery, attempt);
        },
      );
    },
    async effects(path) {
      const database = openDatabase(path);
      const rows = database.prepare("select * from effects").all();
      database.close();
      return rows.map(({ delivery, attempt }) => ({ delivery: String(delivery), attempt: String(attempt) }));
    },
  };
};

/** Where a database without a server is. */
export const databaseIn = (folder: string): string => join(folder, "store.db");

export const KINDS = {
  "Redis (redis)": redis(openNodeRedis),
  "Redis (ioredis)": redis(openIoRedis),
  "Postgres (pg)": pg(false),
  "Postgres (pg), pool of one": pgPoolOfOne(false),
  "Postgres (pg), transactional": pg(true),
  "Postgres (pg), transactional, pool of one": pgPoolOfOne(true),
  "Postgres (postgres)": postgresJs(false),
  "Postgres (postgres), transactional": postgresJs(true),
  "SQLite, WAL": sqlite(false, "wal"),
  "SQLite, WAL, transactional": sqlite(true, "wal"),
  "SQLite, DELETE": sqlite(false, "delete"),
  "SQLite, DELETE, transactional": sqlite(true, "delete"),
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
