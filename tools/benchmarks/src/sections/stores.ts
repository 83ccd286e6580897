import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { temporaryFolder } from "@mindbridge-sdk/end-to-end";
import { memoryStore, type Store } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
import { hasPostgres, hasRedis, startPostgres, startRedis } from "@mindbridge-sdk/services";
import { Pool } from "pg";
import { createClient } from "redis";
import { counted, type Group, inTurns, rate, type Section } from "../measure.ts";

const ROUNDS = 11;
const LOAD = { times: 500, inFlight: 16 };

/** A claim and the mark that it is done, against the least that any code would ask of the same database for the two. */
export const stores: Section = {
  name: "stores",
  title: "Claiming",
  async measure(isNamed) {
    const groups = [await inMemory(), await inSqlite()];
    if (hasRedis()) groups.push(await inRedis());
    if (hasPostgres()) groups.push(await inPostgres());
    const size = isNamed ? IN_FULL : A_TENTH;
    return [...groups, ...(await manyDeliveries(size)), ...(await pruning(size))];
  },
};

let ids = 0;
const id = () => `msg_${++ids}.5f3c9a`;

/** Checked each time: a store that refuses is quick. */
const through = (store: Store<never> | Store) => async () => {
  const key = id();
  const claim = await store.claim(key, 30_000);
  if (claim.status !== "claimed" || !(await store.done(key, claim.token))) throw new Error("A claim was not granted.");
};

function group(where: string, command: string, bare: () => unknown, store: Store): Promise<Group> {
  const title = `A delivery claimed and marked in ${where}`;
  return inTurns(
    {
      title,
      unit: "deliveries/s",
      better: "higher",
      note: `The limit, ${command}, does not look whether it got the claim, and gives no token.`,
    },
    { [command]: () => rate(bare, LOAD), store: () => rate(through(store), LOAD) },
    ROUNDS,
  );
}

const inMemory = () => group("memory", "two writes to a Map", writesToMap(), memoryStore());

function writesToMap(): () => Promise<void> {
  const map = new Map<string, number>();
  return async () => {
    const key = id();
    await Promise.resolve(map.set(key, 1));
    await Promise.resolve(map.set(key, 2));
  };
}

async function inSqlite(): Promise<Group> {
  const database = new DatabaseSync(":memory:");
  const store = sqliteStore(database);
  await store.setUp();
  return group("SQLite", "an insert and an update", insertAndUpdate(database), store);
}

function insertAndUpdate(database: DatabaseSync): () => Promise<void> {
  database.exec("create table bare (id text primary key, done integer)");
  const insert = database.prepare("insert into bare values (?, 0) on conflict do nothing");
  const update = database.prepare("update bare set done = 1 where id = ?");
  return async () => {
    const key = id();
    insert.run(key);
    update.run(key);
  };
}

async function inRedis(): Promise<Group> {
  const service = await startRedis();
  const client = createClient({ url: service.url });
  try {
    await client.connect();
    const bare = async () => {
      const key = id();
      await client.set(key, "1", { condition: "NX", expiration: { type: "PX", value: 30_000 } });
      await client.set(key, "2", { expiration: { type: "PX", value: 604_800_000 } });
    };
    return await group("Redis", "two SET", bare, redisStore(client));
  } finally {
    client.destroy();
    await service.close();
  }
}

async function inPostgres(): Promise<Group> {
  const service = await startPostgres();
  const pool = new Pool({ connectionString: service.url });
  try {
    const store = postgresStore(pool);
    await store.setUp();
    await pool.query("create table bare (id text primary key, done boolean)");
    const bare = async () => {
      const key = id();
      await pool.query("insert into bare values ($1, false) on conflict do nothing", [key]);
      await pool.query("update bare set done = true where id = $1", [key]);
    };
    return await group("Postgres", "an insert and an update", bare, store);
  } finally {
    await pool.end();
    await service.close();
  }
}

/** How many deliveries and rows the two below take. A run of all sections takes a tenth. */
const IN_FULL = { deliveries: 1_000_000, rows: 10_000_000, note: "" };
const A_TENTH = {
  deliveries: 100_000,
  rows: 1_000_000,
  note: "`pnpm bench stores` by itself takes ten times as many, and `pnpm bench` these.",
};
const MEGABYTE = 2 ** 20;

/** The bytes of the heap that are no garbage. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

/** What many deliveries take, one after the other. */
async function manyDeliveries({ deliveries, note }: typeof IN_FULL): Promise<Group[]> {
  const seconds: Record<string, number> = {};
  const megabytes: Record<string, number> = {};
  const measure = async (name: string, handle: () => unknown) => {
    const before = heapInUse();
    const start = performance.now();
    for (let count = 0; count < deliveries; count++) await handle();
    seconds[name] = (performance.now() - start) / 1_000;
    megabytes[name] = Math.max(0, (heapInUse() - before) / MEGABYTE);
    // What it remembers is in use until here.
    await handle();
  };
  await using folder = await temporaryFolder("deliveries");
  using database = openFile(folder.path, "deliveries");
  const store = sqliteStore(database);
  await store.setUp();
  await measure("two writes to a Map", writesToMap());
  await measure("memoryStore", through(memoryStore()));
  await measure("an insert and an update in SQLite, in a file", insertAndUpdate(database));
  await measure("sqliteStore, in a file", through(store));
  const title = `${deliveries.toLocaleString("en")} deliveries`;
  return [
    counted({ title, unit: "s", note }, seconds),
    counted(
      {
        title: `${title}: memory`,
        unit: "MB",
        note: `How much more of the heap of JavaScript is in use afterwards, garbage collected. The Map keeps all ids, memoryStore the last 10,000. SQLite keeps its rows in a file, and a cache of them outside of this heap. ${note}`.trim(),
      },
      megabytes,
    ),
  ];
}

/** What deleting old marks takes, and for how long the process stands still meanwhile: half of the rows are old. */
async function pruning({ rows, note }: typeof IN_FULL): Promise<Group[]> {
  const seconds: Record<string, number> = {};
  const pauses: Record<string, number> = {};
  await using folder = await temporaryFolder("pruning");
  const measure = async (name: string, prune: (database: DatabaseSync) => Promise<unknown>) => {
    using database = openFile(folder.path, name);
    await sqliteStore(database).setUp();
    database.exec(`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${rows})
      insert into mindbridge_deliveries select printf('msg_%09d', n), 'a-token', 1, n % 2 * 9e15 from numbers`);
    let last = performance.now();
    let longest = 0;
    const look = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    const watch = setInterval(look, 1);
    const start = performance.now();
    await prune(database);
    look();
    clearInterval(watch);
    seconds[name] = (performance.now() - start) / 1_000;
    pauses[name] = longest;
  };
  await measure("one statement", async (database) => {
    database.exec(`delete from mindbridge_deliveries where "until" <= ${Date.now()}`);
  });
  await measure("prune of the store", (database) => sqliteStore(database).prune());
  const title = `Pruning ${rows.toLocaleString("en")} rows in SQLite, half of them old`;
  return [
    counted({ title, unit: "s", note }, seconds),
    counted({ title: `${title}: the longest time that the process stands still`, unit: "ms", note }, pauses),
  ];
}

/** A database as one would run it: in a file, with WAL. */
function openFile(folder: string, name: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, `${name}.db`));
  database.exec("pragma journal_mode = wal; pragma synchronous = normal");
  return database;
}
