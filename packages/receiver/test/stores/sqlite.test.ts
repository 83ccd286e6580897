import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import { storeConformance } from "../../src/stores/conformance.ts";
import { type SqliteStore, sqliteSchema, sqliteStore } from "../../src/stores/sqlite.ts";
import { alternating } from "./alternating.ts";

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

  test("answers what is sent again while another process writes, and waits with the rest", async () => {
    const store = sqliteStore(one, { busyTimeout: 20 });
    await store.done("written", await store.claim("written", 60_000));
    await store.claim("held", 60_000);
    two.exec("begin immediate");
    expect(await store.claim("written", 60_000)).toBe("done");
    expect(await store.claim("held", 60_000)).toBe("held");
    await expect(store.claim("new", 60_000)).rejects.toThrow("locked");
    const patient = sqliteStore(one).claim("new", 60_000);
    two.exec("rollback");
    expect(["held", "done"]).not.toContain(await patient);
  });

  test("lets nothing into a transaction that is not its own", async () => {
    const store = sqliteStore(one, { transactional: true });
    const [token, other] = [await store.claim("first", 60_000), await store.claim("other", 60_000)];
    let during: Promise<unknown> | undefined;
    const failing = store.transaction?.("first", token, async (database) => {
      await write(database, "first");
      // As of other deliveries that arrive meanwhile, also through another store of the connection.
      during = Promise.all([sqliteStore(one).done("other", other), store.claim("third", 60_000)]);
      await new Promise(setImmediate);
      throw new Error("The work fails.");
    });
    await expect(failing).rejects.toThrow("The work fails.");
    expect(await during).toEqual([true, expect.stringMatching(/-/)]);
    expect(await store.claim("other", 60_000)).toBe("done");
    expect(await store.claim("third", 60_000)).toBe("held");
    expect(await effect.exists("first")).toBe(false);
  });

  test("rejects where the effect cannot be committed", async () => {
    const store = sqliteStore(one, { transactional: true });
    const token = await store.claim("constraint", 60_000);
    one.exec("pragma foreign_keys = on; create table child (name references effects deferrable initially deferred)");
    const failing = store.transaction?.("constraint", token, async (database) => {
      database.exec("insert into child values ('no such effect')");
    });
    await expect(failing).rejects.toThrow("FOREIGN KEY");
    expect(await store.claim("constraint", 60_000)).toBe("held");
    expect(await store.release("constraint", token)).toBe(true);
  });

  test("prunes marks that are old, and claims that ended as long ago", async () => {
    const store = sqliteStore(one, { table: "pruned", keepFor: 3_600_000 });
    await store.setUp();
    const now = Date.now();
    const insert = one.prepare("insert into pruned values (?, ?, ?)");
    insert.run("mark", null, now + 60_000);
    insert.run("old mark", null, now);
    insert.run("claim", "a", now + 60_000);
    insert.run("ended claim", "a", now - 3_540_000);
    insert.run("old claim", "a", now - 3_660_000);
    expect(await store.prune()).toBe(2);
    expect(one.prepare("select id from pruned order by id").all()).toEqual([
      { id: "claim" },
      { id: "ended claim" },
      { id: "mark" },
    ]);
    expect(await store.claim("mark", 1_000)).toBe("done");
  });

  test("remembers a mark for as long as it is told to", async () => {
    const store = sqliteStore(one, { keepFor: 0 });
    await store.done("short", await store.claim("short", 60_000));
    await vi.waitFor(async () => expect(await store.claim("short", 60_000)).not.toBe("done"));
  });

  test("refuses what is no name of a table", () => {
    expect(() => sqliteStore(one, { table: 'a"; drop table effects; --' })).toThrow("table is a name of");
    expect(() => sqliteSchema({ table: "" })).toThrow("table is a name of");
  });

  test("hands the database to handlers", () => {
    expectTypeOf(sqliteStore(one, { transactional: true })).toEqualTypeOf<SqliteStore<DatabaseSync>>();
    expectTypeOf(sqliteStore(one)).toEqualTypeOf<SqliteStore>();
  });
});
