import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Store } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
import { hasPostgres, hasRedis, type Service, startPostgres, startRedis } from "@mindbridge-sdk/services";
import { Pool, type PoolClient } from "pg";
import { createClient } from "redis";
import type { Effect } from "./verdict.ts";

/** What a receiver works with: a store, and how to bring about the effect of a delivery. */
export interface Backend<Transaction> {
  readonly store: Store<Transaction>;
  readonly effect: (transaction: Transaction, delivery: string, attempt: string) => Promise<void>;
}

/** What a transaction is, stays between the store and the effect. */
const backend = <Transaction>(store: Store<Transaction>, effect: Backend<Transaction>["effect"]) =>
  ({ store, effect }) as unknown as Backend<never>;

/** A kind of store, and where effects go with it. */
export interface Kind {
  /** Whether the effect and the mark are committed together. */
  readonly transactional: boolean;
  /** Whether it can be had on this machine. */
  readonly available: () => boolean;
  /** Starts its server, where it has one. */
  readonly start: (folder: string) => Promise<Service>;
  /** What is done once. */
  readonly setUp: (url: string) => Promise<void>;
  /** What each process works with. */
  readonly open: (url: string) => Promise<Backend<never>>;
  /** All effects that are there. */
  readonly effects: (url: string) => Promise<Effect[]>;
}

const EFFECTS = "create table effects (delivery text, attempt text)";
const KEY = "effects";

const redis: Kind = {
  transactional: false,
  available: hasRedis,
  start: startRedis,
  setUp: async () => {},
  async open(url) {
    const client = await createClient({ url }).connect();
    return backend(redisStore(client), async (_, delivery, attempt) => {
      await client.rPush(KEY, JSON.stringify({ delivery, attempt }));
    });
  },
  async effects(url) {
    const client = await createClient({ url }).connect();
    const effects = await client.lRange(KEY, 0, -1);
    client.destroy();
    return effects.map((effect): Effect => JSON.parse(effect));
  },
};

const postgres = (transactional: boolean): Kind => ({
  transactional,
  available: hasPostgres,
  start: startPostgres,
  async setUp(url) {
    const pool = new Pool({ connectionString: url });
    await postgresStore(pool).setUp();
    await pool.query(EFFECTS);
    await pool.end();
  },
  async open(url) {
    const pool = new Pool({ connectionString: url });
    const effect = async (client: Pool | PoolClient, ...values: [string, string]) =>
      void (await client.query("insert into effects values ($1, $2)", values));
    return transactional
      ? backend(postgresStore(pool, { transactional }), effect)
      : backend(postgresStore(pool), (_, ...values) => effect(pool, ...values));
  },
  async effects(url) {
    const pool = new Pool({ connectionString: url });
    const { rows } = await pool.query<{ delivery: string; attempt: string }>("select * from effects");
    await pool.end();
    return rows;
  },
});

const openSqlite = (path: string, timeout = 0) => {
  const database = new DatabaseSync(path, { timeout });
  database.exec("pragma journal_mode = wal; pragma synchronous = normal");
  return database;
};

const sqlite = (transactional: boolean): Kind => ({
  transactional,
  available: () => true,
  start: async (folder) => ({
    url: join(folder, "store.db"),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }),
  async setUp(path) {
    const database = openSqlite(path);
    await sqliteStore(database).setUp();
    database.exec(EFFECTS);
    database.close();
  },
  async open(path) {
    const database = openSqlite(path);
    const insert = (into: DatabaseSync) => into.prepare("insert into effects values (?, ?)");
    if (transactional) {
      const statement = insert(database);
      return backend(sqliteStore(database, { transactional }), async (_, ...values) => void statement.run(...values));
    }
    const statement = insert(openSqlite(path, 250));
    return backend(sqliteStore(database), async (_, ...values) => void statement.run(...values));
  },
  async effects(path) {
    const database = openSqlite(path);
    const rows = database.prepare("select * from effects").all();
    database.close();
    return rows.map(({ delivery, attempt }) => ({ delivery: String(delivery), attempt: String(attempt) }));
  },
});

export const KINDS = {
  redis,
  postgres: postgres(false),
  "postgres, transactional": postgres(true),
  sqlite: sqlite(false),
  "sqlite, transactional": sqlite(true),
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
