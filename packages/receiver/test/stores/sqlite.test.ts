import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, onTestFinished, test, vi } from "vitest";
import { createReceiver } from "../../src/index.ts";
import { storeConformance } from "../../src/stores/conformance.ts";
import { type SqliteStore, sqliteSchema, sqliteStore } from "../../src/stores/sqlite.ts";
import { createSigner, deferred } from "../receiver/support.ts";
import { alternating, claimed, DONE, HELD } from "./support.ts";

describe("the store in SQLite", () => {
  let folder: string;
  let one: DatabaseSync;
  let two: DatabaseSync;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sqlite-store-"));
    [one, two] = [open(), open()];
    await sqliteStore(one).setUp();
    one.exec("create table effects (name text primary key) strict");
  });
  afterEach(() => {
    expect([one.isTransaction, two.isTransaction]).toEqual([false, false]);
  });
  afterAll(() => {
    one.close();
    two.close();
    rmSync(folder, { recursive: true });
  });

  function open(): DatabaseSync {
    const database = new DatabaseSync(join(folder, "store.db"));
    database.exec("pragma journal_mode = wal; pragma synchronous = off");
    return database;
  }
  const write = async (database: DatabaseSync, name: string) =>
    void database.prepare("insert into effects values (?)").run(name);
  const effect = {
    write,
    exists: async (name: string) => two.prepare("select 1 from effects where name = ?").get(name) !== undefined,
  };

  const suites = {
    "on one connection": storeConformance({ createStore: () => sqliteStore(one) }),
    "on two connections": storeConformance({ createStore: () => alternating(sqliteStore(one), sqliteStore(two)) }),
    "in transactions": storeConformance({
      createStore: () => sqliteStore(one, { transactional: true }),
      effect,
    }),
  };
  for (const [title, cases] of Object.entries(suites)) {
    describe(title, () => {
      for (const { name, run } of cases) test(name, run);
    });
  }

  test("answers repeats while another process writes, and lets new deliveries wait", async () => {
    const store = sqliteStore(one, { busyTimeout: 20 });
    await store.done("written", await claimed(store, "written", 60_000));
    await store.claim("held", 60_000);
    two.exec("begin immediate");
    expect(await store.claim("written", 60_000)).toEqual(DONE);
    expect(await store.claim("held", 60_000)).toEqual(HELD);
    await expect(store.claim("new", 60_000)).rejects.toThrow("locked");
    const patient = sqliteStore(one).claim("new", 60_000);
    two.exec("rollback");
    expect(await patient).toMatchObject({ status: "claimed" });
  });

  test("lets no other delivery into a transaction", async () => {
    const store = sqliteStore(one, { transactional: true });
    const [token, other] = [await claimed(store, "first", 60_000), await claimed(store, "other", 60_000)];
    let during: Promise<unknown> | undefined;
    const failing = store.transaction?.("first", token, async (database) => {
      await write(database, "first");
      // As of other deliveries that arrive meanwhile, also through another store of the connection.
      during = Promise.all([sqliteStore(one).done("other", other), store.claim("third", 60_000)]);
      await new Promise(setImmediate);
      throw new Error("The work fails.");
    });
    await expect(failing).rejects.toThrow("The work fails.");
    expect(await during).toMatchObject([true, { status: "claimed" }]);
    expect(await store.claim("other", 60_000)).toEqual(DONE);
    expect(await store.claim("third", 60_000)).toEqual(HELD);
    expect(await effect.exists("first")).toBe(false);
  });

  test("rejects if the effect cannot be committed", async () => {
    const store = sqliteStore(one, { transactional: true });
    const token = await claimed(store, "constraint", 60_000);
    one.exec("pragma foreign_keys = on; create table child (name references effects deferrable initially deferred)");
    const failing = store.transaction?.("constraint", token, async (database) => {
      database.exec("insert into child values ('no such effect')");
    });
    await expect(failing).rejects.toThrow("FOREIGN KEY");
    expect(await store.claim("constraint", 60_000)).toEqual(HELD);
    expect(await store.release("constraint", token)).toBe(true);
  });

  describe.each(["delete", "wal"])("in journal mode %s, with transactions", (mode) => {
    const BUSY_TIMEOUT = 1_500;
    /** A receiver on a database of its own, whose handler inserts an effect and then does what is given. */
    async function setUp(then: (database: DatabaseSync) => unknown = () => {}) {
      const path = join(folder, `${crypto.randomUUID()}.db`);
      const database = new DatabaseSync(path);
      database.exec(`pragma journal_mode = ${mode}; ${sqliteSchema()} create table effects (name text unique)`);
      const store = sqliteStore(database, { transactional: true, busyTimeout: BUSY_TIMEOUT });
      const signer = createSigner();
      const errors: unknown[] = [];
      const hooks = { failed: ({ error }: { error: unknown }) => errors.push(error) };
      const receiver = createReceiver({ keys: signer.publicKey, store, lease: 1_000, hooks, log: false });
      const handler = vi.fn<typeof then>(then);
      receiver.on("analysis.completed", async (_delivery, { transaction }) => {
        transaction.exec("insert into effects values ('effect')");
        await handler(transaction);
      });
      const delivery = signer.deliver();
      const send = async (signal?: AbortSignal) => receiver.handle({ ...delivery, signal });
      const effects = () => database.prepare("select name from effects").all().length;
      onTestFinished(() => database.close());
      return { path, database, receiver, handler, send, effects, errors };
    }

    test("a delivery is held until its transaction is committed", async () => {
      // The commit waits for as long as we say: until this clock goes on.
      vi.useFakeTimers({ toFake: ["performance"] });
      onTestFinished(() => void vi.useRealTimers());
      const handling = deferred();
      const readers: DatabaseSync[] = [];
      const { path, send, effects } = await setUp(() => {
        if (readers.length > 0) return;
        // Another process reads from now on, and only WAL lets a commit go on meanwhile.
        const reader = new DatabaseSync(path);
        readers.push(reader);
        reader.exec("begin");
        reader.prepare("select * from effects").all();
        handling.resolve();
      });
      const first = send();
      await handling.promise;
      // From here on, the handler has returned, and the transaction is committed or waits.
      await new Promise(setImmediate);
      const meanwhile = [await send(), await send(), await send()].map(({ status, body }) => `${status} ${body}`);
      vi.advanceTimersByTime(BUSY_TIMEOUT);
      const { status: taken } = await first;
      readers[0]?.close();
      expect([taken, effects()]).toEqual(mode === "wal" ? [204, 1] : [503, 0]);
      expect(new Set(meanwhile)).toEqual(new Set([mode === "wal" ? "204 " : '503 {"code":"held"}']));
      vi.useRealTimers();
      await vi.waitFor(async () => expect(await send()).toMatchObject({ status: 204 }), 5_000);
      expect(effects()).toBe(1);
    });

    test.each([
      [
        "a full disk",
        (database: DatabaseSync) => {
          database.exec("pragma max_page_count = 6");
          database.exec("create table filler (text); insert into filler values (zeroblob(1e6))");
        },
      ],
      [
        "a conflict that rolls back",
        (database: DatabaseSync) => {
          database.exec("insert or rollback into effects values ('effect')");
        },
      ],
      ["the handler itself", (database: DatabaseSync) => database.exec("rollback")],
    ])("a transaction that was ended by %s is not marked", async (_, end) => {
      let fails = true;
      const { database, send, effects, errors } = await setUp((transaction) => {
        if (!fails) return;
        try {
          end(transaction);
        } catch {
          // As a handler would that goes on whatever happens.
        }
        if (transaction.isTransaction) throw new Error("The transaction goes on, so this shows nothing.");
      });
      expect(await send()).toMatchObject({ status: 503, body: '{"code":"store"}' });
      expect(errors).toEqual([
        expect.objectContaining({ message: expect.stringContaining("The transaction ended before its handler did") }),
      ]);
      expect(errors[0]).toMatchObject({ code: "configuration" });
      expect(effects()).toBe(0);
      fails = false;
      database.exec("pragma max_page_count = 1000000");
      await vi.waitFor(async () => expect(await send()).toMatchObject({ status: 204 }), 5_000);
      expect(effects()).toBe(1);
    });

    test("whoever aborts is answered at once, though the handler goes on", async () => {
      const [started, end] = [deferred(), deferred()];
      const { send, effects } = await setUp(() => {
        started.resolve();
        return end.promise;
      });
      const controller = new AbortController();
      const answer = send(controller.signal);
      await started.promise;
      controller.abort();
      expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
      end.resolve();
      await vi.waitFor(async () => expect(await send()).toMatchObject({ status: 204 }), 5_000);
      expect(effects()).toBe(1);
    });

    test("whoever closes waits no longer than promised, though the handler goes on", async () => {
      const [started, end] = [deferred(), deferred()];
      const { receiver, send } = await setUp(() => {
        started.resolve();
        return end.promise;
      });
      const answer = send();
      await started.promise;
      const start = performance.now();
      const closed = receiver.close({ timeout: 0 });
      expect(await answer).toMatchObject({ status: 503, body: '{"code":"closing"}' });
      await closed;
      expect(performance.now() - start).toBeLessThan(5_000);
      end.resolve();
      await vi.waitFor(() => expect(one.isTransaction).toBe(false));
    });
  });

  test("asks for WAL where handlers run in transactions, and leaves the mode alone elsewhere", async () => {
    const database = new DatabaseSync(join(folder, "mode.db"));
    onTestFinished(() => database.close());
    const mode = () => database.prepare("pragma journal_mode").get();
    await sqliteStore(database).setUp();
    expect(mode()).toEqual({ journal_mode: "delete" });
    await sqliteStore(database, { transactional: true }).setUp();
    expect(mode()).toEqual({ journal_mode: "wal" });
    await sqliteStore(database, { transactional: true }).setUp();
  });

  test("says so if WAL cannot be had, and takes a database in memory as it is", async () => {
    // Such files have no shared memory, as on a network drive.
    const database = new DatabaseSync(`file:${join(folder, "remote.db")}?vfs=unix-none`);
    onTestFinished(() => database.close());
    await expect(sqliteStore(database, { transactional: true }).setUp()).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining("journal_mode = wal"),
    });
    const memory = new DatabaseSync(":memory:");
    await sqliteStore(memory, { transactional: true }).setUp();
    memory.close();
  });

  test("prunes old marks, and claims that ended as long ago", async () => {
    const store = sqliteStore(one, { table: "pruned", keepFor: 3_600_000 });
    await store.setUp();
    const now = Date.now();
    const insert = one.prepare("insert into pruned values (?, 'token', ?, ?)");
    insert.run("mark", 1, now + 60_000);
    insert.run("old mark", 1, now);
    insert.run("claim", 0, now + 60_000);
    insert.run("ended claim", 0, now - 3_540_000);
    insert.run("old claim", 0, now - 3_660_000);
    expect(await store.prune()).toBe(2);
    expect(one.prepare("select id from pruned order by id").all()).toEqual([
      { id: "claim" },
      { id: "ended claim" },
      { id: "mark" },
    ]);
    expect(await store.claim("mark", 1_000)).toEqual(DONE);
  });

  test("prunes in steps, between which other work gets its turn", async () => {
    const store = sqliteStore(one, { table: "many" });
    await store.setUp();
    one.exec(`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 12000)
      insert into many select 'msg_' || n, 'token', 1, case n % 3 when 0 then 9e15 else 0 end from numbers`);
    const left: unknown[] = [];
    const watch = setInterval(() => left.push(one.prepare("select count(*) as n from many").get()?.n), 0);
    expect(await store.prune()).toBe(8_000);
    clearInterval(watch);
    expect(one.prepare("select count(*) as n from many").get()).toEqual({ n: 4_000 });
    expect(left.some((count) => Number(count) > 4_000 && Number(count) < 12_000)).toBe(true);
  });

  test("remembers a mark for as long as it is told to", async () => {
    const store = sqliteStore(one, { keepFor: 0 });
    await store.done("short", await claimed(store, "short", 60_000));
    await vi.waitFor(async () => expect(await store.claim("short", 60_000)).not.toEqual(DONE));
  });

  test("names setUp() if the table is missing", async () => {
    await expect(sqliteStore(one, { table: "missing" }).claim("a", 60_000)).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining('The table "missing" does not exist. Call await store.setUp()'),
    });
  });

  test.each([undefined, {}])("refuses a database that is none: %j", (database) => {
    expect(() => sqliteStore(database as DatabaseSync)).toThrow(
      expect.objectContaining({ code: "configuration", message: expect.stringContaining("has no method exec") }),
    );
  });

  test("refuses what is not the name of a table", () => {
    expect(() => sqliteStore(one, { table: 'a"; drop table effects; --' })).toThrow("table is a name of");
    expect(() => sqliteSchema({ table: "" })).toThrow("table is a name of");
  });

  test("hands the database to handlers", () => {
    expectTypeOf(sqliteStore(one, { transactional: true })).toEqualTypeOf<SqliteStore<DatabaseSync>>();
    expectTypeOf(sqliteStore(one)).toEqualTypeOf<SqliteStore>();
  });
});
