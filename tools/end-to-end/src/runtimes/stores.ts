// What Node, Bun and Deno run: it tests every store with every driver that the runtime has, and prints the results as JSON.
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { type SqliteDatabase, sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
import { type ConformanceCase, type Effect, storeConformance } from "@mindbridge-sdk/receiver/store-conformance";
import { Redis } from "ioredis";
import { Pool, type PoolClient } from "pg";
import postgres, { type TransactionSql } from "postgres";
import { createClient } from "redis";

/** Where the servers are. */
export interface StoreServers {
  readonly redis: string;
  readonly postgres: string;
}

/** The outcome of the cases of one store with one driver. */
export interface StoreResult {
  readonly store: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

const servers: StoreServers = JSON.parse(process.argv[2] ?? "");
const results: StoreResult[] = [];

/** Runs the cases at once, except on one connection, where a case can roll back what another one does. */
async function test(store: string, cases: readonly ConformanceCase[], { atOnce = true } = {}): Promise<void> {
  const failures: string[] = [];
  const runOne = async ({ name, run }: ConformanceCase) => {
    try {
      await run();
    } catch (error) {
      failures.push(`${name}: ${error}`);
    }
  };
  if (atOnce) await Promise.all(cases.map(runOne));
  else for (const each of cases) await runOne(each);
  results.push({ store, passed: cases.length - failures.length, failures });
}

await test("memory", storeConformance({ createStore: () => memoryStore() }));

const nodeRedis = await createClient({ url: servers.redis }).connect();
await test("redis", storeConformance({ createStore: () => redisStore(nodeRedis) }));
nodeRedis.destroy();
const ioRedis = new Redis(servers.redis);
await test("ioredis", storeConformance({ createStore: () => redisStore(ioRedis) }));
ioRedis.disconnect();

const pool = new Pool({ connectionString: servers.postgres });
await postgresStore(pool).setUp();
await pool.query("create table if not exists effects (name text)");
const exists = async (name: string) => (await pool.query("select from effects where name = $1", [name])).rowCount === 1;
await test("pg", storeConformance({ createStore: () => postgresStore(pool) }));
await test(
  "pg, transactional",
  storeConformance({
    createStore: () => postgresStore(pool, { transactional: true }),
    effect: {
      write: async (client: PoolClient, name) => void (await client.query("insert into effects values ($1)", [name])),
      exists,
    },
  }),
);
const sql = postgres(servers.postgres);
await test("postgres", storeConformance({ createStore: () => postgresStore(sql) }));
await test(
  "postgres, transactional",
  storeConformance({
    createStore: () => postgresStore(sql, { transactional: true }),
    effect: {
      write: async (within: TransactionSql, name) => void (await within`insert into effects values (${name})`),
      exists,
    },
  }),
);
await sql.end({ timeout: 1 });
await pool.end();

type Open = (path: string) => SqliteDatabase & { close(): void };

const require = createRequire(import.meta.url);
/** How each driver for SQLite opens a database. What this runtime cannot load is left out. */
const DRIVERS: Record<string, () => Open> = {
  "node:sqlite": () => {
    const { DatabaseSync } = require("node:sqlite");
    return (path) => new DatabaseSync(path);
  },
  "better-sqlite3": () => {
    // Node 22.13 would crash.
    if (Number(process.versions.napi) < 10) throw new Error("better-sqlite3 needs Node-API 10.");
    const Database = require("better-sqlite3");
    return (path) => new Database(path, { timeout: 0 });
  },
  "bun:sqlite": () => {
    const { Database } = require("bun:sqlite");
    return (path) => new Database(path);
  },
};
for (const [driver, load] of Object.entries(DRIVERS)) {
  const open = opened(load);
  if (!open) continue;
  const path = join(tmpdir(), `${crypto.randomUUID()}.db`);
  const [database, other] = [open(path), open(path)];
  await sqliteStore(database, { transactional: true }).setUp();
  database.exec("create table effects (name text)");
  const effect: Effect<SqliteDatabase> = {
    write: async (given, name) => void given.prepare("insert into effects values (?)").run(name),
    exists: async (name) => Boolean(other.prepare("select 1 from effects where name = ?").get(name)),
  };
  await test(driver, storeConformance({ createStore: () => sqliteStore(database) }), { atOnce: false });
  await test(
    `${driver}, transactional`,
    storeConformance({ createStore: () => sqliteStore(database, { transactional: true }), effect }),
    { atOnce: false },
  );
  await test(`${driver}, another process writes`, [
    {
      name: "waits while the database is locked, and rejects after that",
      run: async () => {
        other.exec("begin immediate");
        const claim = async () => sqliteStore(database, { busyTimeout: 50 }).claim("refused", 60_000);
        const refused = await claim().then(
          () => false,
          () => true,
        );
        const late = sqliteStore(database).claim("late", 60_000);
        other.exec("rollback");
        if (!refused) throw new Error("A claim on a locked database was given.");
        const { status } = await late;
        if (status !== "claimed") throw new Error(`A claim that waited is ${status}.`);
      },
    },
  ]);
  for (const each of [database, other]) each.close();
  for (const suffix of ["", "-shm", "-wal"]) rmSync(path + suffix, { force: true });
}

function opened(load: () => Open): Open | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}

console.log(JSON.stringify(results));
process.exit();
