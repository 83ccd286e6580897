import { hasPostgres, type Service, startPostgres } from "@mindbridge-sdk/services";
import { Client, Pool, type PoolClient } from "pg";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import { createReceiver } from "../../src/index.ts";
import { storeConformance } from "../../src/stores/conformance.ts";
import { type PostgresStore, postgresSchema, postgresStore } from "../../src/stores/postgres.ts";
import { createSigner, deferred } from "../receiver/support.ts";
import { alternating, claimed, DONE, HELD } from "./support.ts";

describe.skipIf(!hasPostgres())("the store in Postgres", () => {
  let service: Service;
  let pool: Pool;
  let sql: Sql;
  const notices = vi.fn();
  beforeAll(async () => {
    service = await startPostgres();
    pool = new Pool({ connectionString: service.url });
    sql = postgres(service.url, { onnotice: ({ severity, message }) => notices(severity, message) });
    await postgresStore(pool).setUp();
    await pool.query("create table effects (name text primary key)");
  });
  afterAll(async () => {
    // Postgres.js 3.4 waits for ever for a connection that was lost during a statement.
    await Promise.all([pool.end(), sql.end({ timeout: 1 })]);
    await service.close();
  });

  const exists = async (name: string) => (await sql`select from effects where name = ${name}`).length === 1;
  const byPg = {
    write: async (transaction: PoolClient, name: string) =>
      void (await transaction.query("insert into effects values ($1)", [name])),
    exists,
  };
  const byPostgresJs = {
    write: async (transaction: TransactionSql, name: string) =>
      void (await transaction`insert into effects values (${name})`),
    exists,
  };
  const suites = {
    "with pg": storeConformance({ createStore: () => postgresStore(pool) }),
    "with postgres": storeConformance({ createStore: () => postgresStore(sql) }),
    "with both at once": storeConformance({ createStore: () => alternating(postgresStore(pool), postgresStore(sql)) }),
    "with pg, in transactions": storeConformance({
      createStore: () => postgresStore(pool, { transactional: true }),
      effect: byPg,
    }),
    "with postgres, in transactions": storeConformance({
      createStore: () => postgresStore(sql, { transactional: true }),
      effect: byPostgresJs,
    }),
  };
  for (const [title, cases] of Object.entries(suites)) {
    describe(title, () => {
      for (const { name, run } of cases) test.concurrent(name, run);
    });
  }

  /** Both packages: a transactional store, and how to send a statement in a transaction of it. */
  const both = [
    {
      title: "pg",
      store: () => postgresStore(pool, { transactional: true }) as PostgresStore<never>,
      send: (transaction: PoolClient, text: string) => transaction.query(text),
    },
    {
      title: "postgres",
      store: () => postgresStore(sql, { transactional: true }) as PostgresStore<never>,
      send: (transaction: TransactionSql, text: string) => transaction.unsafe(text),
    },
  ];

  test.each(both)("does not wait for a process that froze in its transaction ($title)", async ({ title, store }) => {
    const id = `stopped.${title}`;
    // Another process froze before it could commit: it has marked the delivery, and its lease has ended.
    const other = await pool.connect();
    try {
      await other.query(`insert into mindbridge_deliveries values ($1, 'old', false, now())`, [id]);
      await other.query("begin");
      await other.query(
        `update mindbridge_deliveries set done = true, until = now() + interval '1 day' where id = $1`,
        [id],
      );
      expect(await store().claim(id, 60_000)).toEqual(HELD);
      await store().prune();
      await other.query("rollback");
    } finally {
      other.release();
    }
    expect(await store().done(id, await claimed(store(), id))).toBe(true);
  });

  describe.each([
    { when: "while nothing runs on it", statement: undefined },
    { when: "during a statement", statement: "select pg_sleep(60)" },
  ])("marks nothing if the connection is lost $when", ({ statement }) => {
    test.each(both)("$title", async ({ title, store, send }) => {
      const id = `lost.${title}.${statement}`;
      const { claim, release, transaction } = store();
      const token = await claimed({ claim }, id);
      const ended = deferred();
      const lost = transaction?.(id, token, async (given: PoolClient & TransactionSql) => {
        await send(given, `insert into effects values ('${id}')`);
        const rows = await send(given, "select pg_backend_pid() as pid");
        const [{ pid }] = "rows" in rows ? rows.rows : (rows as unknown as [{ pid: number }]);
        const running = statement && send(given, statement).then(undefined, () => "lost");
        const terminate = async () => {
          await pool.query("select pg_terminate_backend($1)", [pid]);
          await vi.waitFor(async () => {
            expect((await pool.query("select from pg_stat_activity where pid = $1", [pid])).rows).toEqual([]);
          });
        };
        // The handler does not notice the loss.
        await Promise.all([terminate(), running]);
        ended.resolve();
      });
      await expect(lost).rejects.toThrow();
      await ended.promise;
      expect(await exists(id)).toBe(false);
      expect(await claim(id, 60_000)).toEqual(HELD);
      expect(await release(id, token)).toBe(true);
    });
  });

  test.each(both)(
    "rejects what a handler sends after the connection was lost ($title)",
    async ({ title, store, send }) => {
      const id = `sent after the loss.${title}`;
      const { claim, transaction } = store();
      const failures: unknown[] = [];
      const lost = transaction?.(id, await claimed({ claim }, id), async (given: PoolClient & TransactionSql) => {
        const rows = await send(given, "select pg_backend_pid() as pid");
        const [{ pid }] = "rows" in rows ? rows.rows : (rows as unknown as [{ pid: number }]);
        await pool.query("select pg_terminate_backend($1)", [pid]);
        await vi.waitFor(async () => {
          expect((await pool.query("select from pg_stat_activity where pid = $1", [pid])).rows).toEqual([]);
        });
        for (const text of ["select 1", `insert into effects values ('${id}')`]) {
          await send(given, text).then(
            () => failures.push(undefined),
            (error: unknown) => failures.push(error),
          );
        }
      });
      await expect(lost).rejects.toThrow();
      await vi.waitFor(() => expect(failures).toEqual([expect.any(Error), expect.any(Error)]));
      expect(await exists(id)).toBe(false);
      expect(await claim(id, 60_000)).toEqual(HELD);
    },
  );

  test.each(both)("rejects what is sent once the transaction is over ($title)", async ({ title, store, send }) => {
    const id = `sent too late.${title}`;
    const { claim, transaction } = store();
    let late: (PoolClient & TransactionSql) | undefined;
    const committed = await transaction?.(id, await claimed({ claim }, id), async (given) => {
      late = given;
    });
    expect(committed).toBe(true);
    await expect(send(late as never, `insert into effects values ('${id}')`)).rejects.toThrow("transaction is over");
    expect(await exists(id)).toBe(false);
  });

  test("hands out a transaction of Postgres.js with all that it can do", async () => {
    const { claim, transaction } = postgresStore(sql, { transactional: true });
    const committed = await transaction?.("all", await claimed({ claim }, "all"), async (given) => {
      const names = ["all.1", "all.2"];
      await given`insert into ${given("effects")} ${given(names.map((name) => ({ name })))}`;
      const condition = given`name = ${"all.1"}`;
      expect(await given`select name from effects where ${condition}`.values()).toEqual([["all.1"]]);
      const seen: unknown[] = [];
      for await (const rows of given`select name from effects where name = any(${names}) order by name`.cursor(1)) {
        seen.push(...rows);
      }
      expect(seen).toEqual([{ name: "all.1" }, { name: "all.2" }]);
      const undone = given.savepoint(async (nested) => {
        await nested`insert into effects values ('all.3')`;
        await nested`select 1 / 0`;
      });
      await expect(undone).rejects.toThrow("division by zero");
      await given.savepoint("named", (nested) => [nested`insert into effects values ('all.4')`]);
      expect(await given.unsafe("select count(*)::int as count from effects where name like $1", ["all.%"])).toEqual([
        { count: 3 },
      ]);
    });
    expect(committed).toBe(true);
    expect(await Promise.all(["all.1", "all.2", "all.3", "all.4"].map(exists))).toEqual([true, true, false, true]);
  });

  test.each(both)(
    "refuses what begins or ends the transaction of a handler, and takes savepoints ($title)",
    async ({ title, store, send }) => {
      const id = `refused.${title}`;
      const { claim, transaction } = store();
      const committed = transaction?.(id, await claimed({ claim }, id), async (given: PoolClient & TransactionSql) => {
        for (const text of [
          "begin isolation level serializable",
          " START  TRANSACTION",
          "commit",
          "end;",
          "ROLLBACK",
        ]) {
          await expect(send(given, text)).rejects.toMatchObject({ code: "configuration" });
        }
        for (const text of ["savepoint a", "rollback to a", "rollback work to savepoint a", "release a"]) {
          await send(given, text);
        }
        await send(given, `insert into effects values ('${id}')`);
      });
      expect(await committed).toBe(true);
      expect(await exists(id)).toBe(true);
    },
  );

  test("refuses them in each way to send a statement", async () => {
    const byPool = postgresStore(pool, { transactional: true });
    await byPool.transaction?.("way.pg", await claimed(byPool, "way.pg"), async (given) => {
      await expect(given.query({ text: "commit" })).rejects.toThrow("must not begin or end a transaction");
    });
    const bySql = postgresStore(sql, { transactional: true });
    await bySql.transaction?.("way.postgres", await claimed(bySql, "way.postgres"), async (given) => {
      await expect(given`commit`).rejects.toThrow("must not begin or end a transaction");
    });
  });

  describe.each([
    { end: "commit", effects: true, says: "the delivery is marked as handled" },
    { end: "commit; begin", effects: true, says: "the delivery is marked as handled" },
    { end: "rollback", effects: false, says: "The delivery is not marked" },
  ])("says so if a handler has ended the transaction among other statements: $end", ({ end, effects, says }) => {
    test.each(both)("$title", async ({ title, store, send }) => {
      const id = `ended.${end}.${title}`;
      const { claim, transaction } = store();
      const ended = transaction?.(id, await claimed({ claim }, id), async (given: PoolClient & TransactionSql) => {
        await send(given, `insert into effects values ('${id}'); ${end}`);
      });
      await expect(ended).rejects.toMatchObject({
        code: "configuration",
        message: expect.stringMatching(`The handler ended the transaction that it was given.*${says}`),
      });
      expect(await exists(id)).toBe(effects);
      expect(await claim(id, 60_000)).toEqual(effects ? DONE : HELD);
    });
  });

  test.each(both)("does not commit if the handler swallowed an error ($title)", async ({ title, store, send }) => {
    const id = `swallowed.${title}`;
    const { claim, transaction, release } = store();
    const token = await claimed({ claim }, id);
    const swallowing = transaction?.(id, token, async (given: PoolClient & TransactionSql) => {
      await send(given, `insert into effects values ('${id}')`);
      await send(given, "select 1 / 0").catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining("The handler caught an error of the database."),
      cause: { code: "25P02" },
    });
    expect(await exists(id)).toBe(false);
    expect(await release(id, token)).toBe(true);
  });

  test.each([() => pool, () => sql])("names setUp() if the table is missing", async (client) => {
    await expect(postgresStore(client() as Pool, { table: "missing" }).claim("a", 60_000)).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining('The table "missing" does not exist. Call await store.setUp()'),
      cause: { code: "42P01" },
    });
  });

  test.each<[unknown, string]>([
    [undefined, "The client of postgresStore has no method query. Is it set"],
    [{}, "The client of postgresStore has no method query. Is it set"],
    [{ unsafe: () => [] }, "The client of postgresStore has no method begin. Is it set"],
    [new Client(), "postgresStore needs a Pool of pg, and got a Client."],
  ])("refuses a client that is none (%#)", (client, message) => {
    expect(() => postgresStore(client as Pool)).toThrow(
      expect.objectContaining({ code: "configuration", message: expect.stringContaining(message) }),
    );
  });

  test("marks a delivery whose claim was renewed, also if the database defaults to serializable", async () => {
    const strict = new Pool({
      connectionString: service.url,
      options: "-c default_transaction_isolation=serializable",
    });
    const { claim, renew, transaction } = postgresStore(strict, { transactional: true });
    const token = await claimed({ claim }, "renewed");
    const marked = transaction?.("renewed", token, async (client) => {
      await client.query("select 1");
      expect(await renew("renewed", token, 60_000)).toBe(true);
    });
    expect(await marked).toBe(true);
    await strict.end();
  });

  test("leaves a connection for renewals, however many handlers run", async () => {
    const small = new Pool({ connectionString: service.url, max: 2 });
    const { claim, renew, transaction } = postgresStore(small, { transactional: true });
    const ids = Array.from({ length: 5 }, (_, index) => `small.${index}`);
    const marks = ids.map(async (id) => {
      const token = await claimed({ claim }, id);
      return transaction?.(id, token, async () => expect(await renew(id, token, 60_000)).toBe(true));
    });
    expect(await Promise.all(marks)).toEqual([true, true, true, true, true]);
    await small.end();
  });

  test.each(["pg", "postgres"])(
    "whoever aborts or closes does not wait for a handler that has the only connection (%s)",
    async (driver) => {
      const client =
        driver === "pg" ? new Pool({ connectionString: service.url, max: 1 }) : postgres(service.url, { max: 1 });
      const store = postgresStore(client as Pool, { transactional: true });
      const signer = createSigner();
      const [started, end] = [deferred(), deferred()];
      const receiver = createReceiver({ keys: signer.publicKey, store, log: false }).on("analysis.completed", () => {
        started.resolve();
        return end.promise;
      });
      const controller = new AbortController();
      const delivery = signer.deliver({}, { id: `only-${driver}` });
      const answer = receiver.handle({ ...delivery, signal: controller.signal });
      await started.promise;
      controller.abort();
      expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
      await receiver.close({ timeout: 0 });
      end.resolve();
      await vi.waitFor(async () => expect(await store.claim(`only-${driver}.sender`, 60_000)).toEqual(DONE), 5_000);
      await client.end();
    },
  );

  test("sets itself up from several processes at once, under any name, without a notice", async () => {
    await pool.query(`create schema "Other"`);
    const table = "Other.Select";
    const stores = [sql, pool, sql, pool].map((client) => postgresStore(client as Pool, { table }));
    await Promise.all(stores.map((store) => store.setUp()));
    await stores[0]?.setUp();
    const [one, two] = stores as [PostgresStore, PostgresStore];
    expect(await two.done("a", await claimed(one, "a"))).toBe(true);
    expect((await pool.query(`select id, done from "Other"."Select"`)).rows).toEqual([{ id: "a", done: true }]);
    await pool.query(postgresSchema({ table }));
    expect(notices).not.toHaveBeenCalled();
  });

  test.each(["", "a b", 'a"; drop table effects; --', "a.b.c", "é", "1a", "x".repeat(64), "a\n"])(
    "refuses %j as the name of a table",
    (table) => {
      expect(() => postgresStore(pool, { table })).toThrow("table is a name of");
      expect(() => postgresSchema({ table })).toThrow("table is a name of");
    },
  );

  test("prunes old marks, and claims that ended as long ago", async () => {
    const store = postgresStore(pool, { table: "pruned", keepFor: 3_600_000 });
    await store.setUp();
    await pool.query(`insert into pruned values
      ('mark', 'a', true, now() + interval '1 minute'), ('old mark', 'a', true, now()),
      ('claim', 'a', false, now() + interval '1 minute'), ('ended claim', 'a', false, now() - interval '59 minutes'),
      ('old claim', 'a', false, now() - interval '61 minutes')`);
    expect(await store.prune()).toBe(2);
    expect((await pool.query("select id from pruned order by id")).rows.map(({ id }) => id)).toEqual([
      "claim",
      "ended claim",
      "mark",
    ]);
    expect(await store.claim("mark", 1_000)).toEqual(DONE);
    expect(await store.prune()).toBe(0);
  });

  test("remembers a mark for as long as it is told to", async () => {
    const store = postgresStore(sql, { keepFor: 0 });
    await store.done("short", await claimed(store, "short", 60_000));
    await vi.waitFor(async () => expect(await store.claim("short", 60_000)).not.toEqual(DONE));
  });

  test("hands transactions of the client's own type to handlers", () => {
    expectTypeOf(postgresStore(pool, { transactional: true })).toEqualTypeOf<PostgresStore<PoolClient>>();
    expectTypeOf(postgresStore(sql, { transactional: true })).toEqualTypeOf<PostgresStore<TransactionSql>>();
    expectTypeOf(postgresStore(sql)).toEqualTypeOf<PostgresStore>();
  });
});
