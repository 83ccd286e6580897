import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  hasPostgres,
  hasRedis,
  type Service,
  startPostgres,
  startProxy,
  startRedis,
  type TcpProxy,
} from "@mindbridge-sdk/services";
import { Redis } from "ioredis";
import { Pool } from "pg";
import postgres, { type Sql } from "postgres";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createReceiver, type Store } from "../../src/index.ts";
import { postgresStore } from "../../src/stores/postgres.ts";
import { redisStore } from "../../src/stores/redis.ts";
import { createSigner } from "../receiver/support.ts";

/** How often the receiver asks the store, for a delivery of each kind. */
interface RoundTrips {
  /** Handled for the first time. */
  readonly handled: number;
  /** Sent again after that. */
  readonly repeated: number;
  /** The handler throws. */
  readonly failed: number;
}

const PAGE = readFileSync(join(import.meta.dirname, "../../../../docs/reliability.md"), "utf8");

/** What docs/reliability.md states for a store: each cell begins with the number. */
function stated(store: string): RoundTrips {
  const row = PAGE.slice(PAGE.indexOf("### Round trips"))
    .split("\n")
    .find((line) => line.startsWith(`| ${store} |`));
  const [handled = Number.NaN, repeated = Number.NaN, failed = Number.NaN] = (row ?? "")
    .split("|")
    .slice(2)
    .map((cell) => Number.parseInt(cell, 10));
  return { handled, repeated, failed };
}

/** Counts on the wire. The handler itself does nothing. */
async function count<T>(store: Store<T>, proxy: TcpProxy): Promise<RoundTrips> {
  const signer = createSigner();
  let fails = false;
  const receiver = createReceiver({ keys: signer.publicKey, store, log: false }).on("analysis.completed", () => {
    if (fails) throw new Error("no");
  });
  const tripsOf = async (delivery: ReturnType<typeof signer.deliver>, status: number) => {
    const before = proxy.roundTrips();
    expect(await receiver.handle(delivery)).toMatchObject({ status });
    return proxy.roundTrips() - before;
  };
  const tripsOfEach = async (): Promise<RoundTrips> => {
    const delivery = signer.deliver({}, { id: crypto.randomUUID() });
    fails = false;
    const handled = await tripsOf(delivery, 204);
    const repeated = await tripsOf(delivery, 204);
    fails = true;
    return { handled, repeated, failed: await tripsOf(signer.deliver({}, { id: crypto.randomUUID() }), 500) };
  };
  // The first of each kind opens the connections, and lets them prepare the statements.
  await tripsOfEach();
  return tripsOfEach();
}

describe.skipIf(!hasRedis())("Redis is asked", () => {
  let service: Service;
  let proxy: TcpProxy;
  beforeAll(async () => {
    service = await startRedis();
    proxy = await startProxy(service.url);
  });
  afterAll(async () => {
    await proxy.close();
    await service.close();
  });

  test("once for a claim and once for a mark, by redis", async () => {
    const client = await createClient({ url: proxy.url }).connect();
    onTestFinished(() => client.destroy());
    expect(await count(redisStore(client), proxy)).toEqual(stated("`redisStore`"));
  });

  test("once for a claim and once for a mark, by ioredis", async () => {
    const client = new Redis(proxy.url);
    onTestFinished(() => client.disconnect());
    expect(await count(redisStore(client), proxy)).toEqual(stated("`redisStore`"));
  });
});

describe.skipIf(!hasPostgres())("Postgres is asked as often as documented", () => {
  let service: Service;
  let proxy: TcpProxy;
  let pool: Pool;
  let sql: Sql;
  beforeAll(async () => {
    service = await startPostgres();
    proxy = await startProxy(service.url);
    pool = new Pool({ connectionString: proxy.url });
    sql = postgres(proxy.url, { max: 1 });
    await postgresStore(pool).setUp();
  });
  afterAll(async () => {
    await Promise.all([pool.end(), sql.end({ timeout: 1 })]);
    await proxy.close();
    await service.close();
  });

  test.each([true, false])("with transactional: %s", async (transactional) => {
    const mode = transactional ? ", transactional" : "";
    const options = { transactional: transactional as true };
    expect(await count(postgresStore(pool, options), proxy)).toEqual(stated(`\`postgresStore\`, \`pg\`${mode}`));
    expect(await count(postgresStore(sql, options), proxy)).toEqual(stated(`\`postgresStore\`, \`postgres\`${mode}`));
  });
});
