import { createReceiver, type Delivery, type QueuedDelivery } from "@mindbridge-sdk/receiver";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { hasPostgres, type Service, startPostgres } from "@mindbridge-sdk/services";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { Pool, type PoolClient } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createQueues, DEAD_LETTERS, DELIVERIES } from "../src/queue.ts";
import { receiveInto } from "../src/receive.ts";
import { startWorker } from "../src/work.ts";

const SLOW = { timeout: 15_000, interval: 50 };

describe.skipIf(!hasPostgres())("a receiver that puts deliveries into pg-boss", () => {
  let service: Service;
  let pool: Pool;
  let boss: PgBoss;
  beforeAll(async () => {
    service = await startPostgres();
    pool = new Pool({ connectionString: service.url });
    await postgresStore(pool).setUp();
    boss = new PgBoss(service.url);
    boss.on("error", () => {});
    await boss.start();
    await createQueues(boss, { retryDelay: 0 });
  }, 30_000);
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await pool.end();
    await service.close();
  });

  /** A receiver, and a sender that signs for it. */
  async function setUp(queue: PgBoss = boss) {
    const signer = await createTestSigner();
    const receiver = receiveInto(queue, pool, { keys: signer.publicKey, log: false });
    const send = async (id: string) => {
      const delivery = await signDelivery(deliveries.analysisCompleted(), { signer, id });
      return (await receiver.fetch(delivery.toRequest("https://hooks.example.com"))).status;
    };
    /** A receiver for workers. What its handler writes is committed with the mark. */
    const handlersOf = (handle: (delivery: Delivery, transaction: PoolClient) => unknown) =>
      createReceiver({ keys: signer.publicKey, store: postgresStore(pool, { transactional: true }), log: false }).on(
        "analysis.completed",
        (delivery, { transaction }) => handle(delivery, transaction),
      );
    return { send, handlersOf };
  }
  const jobsOf = async (id: string) => boss.findJobs<QueuedDelivery>(DELIVERIES, { data: { id } });

  test("answers once a delivery is in the queue, once", async () => {
    const { send } = await setUp();
    expect([await send("a"), await send("a")]).toEqual([204, 204]);
    expect(await jobsOf("a")).toMatchObject([{ data: { id: "a", type: "analysis.completed" } }]);
  });

  test("leaves no job where the delivery cannot be marked, and takes it when it comes again", async () => {
    // What goes wrong after the job was sent, and before both are committed.
    const failing = {
      send: async (...args: Parameters<PgBoss["send"]>) => {
        await boss.send(...args);
        throw new Error("The process is in trouble.");
      },
    };
    expect(await (await setUp(failing as unknown as PgBoss)).send("b")).toBe(500);
    expect(await jobsOf("b")).toEqual([]);
    expect(await (await setUp()).send("b")).toBe(204);
    expect(await jobsOf("b")).toHaveLength(1);
  });

  test("keeps little more of a delivery than its body, and has its effect once if it is there twice", async () => {
    const { send, handlersOf } = await setUp();
    await send("twice");
    const [job] = await jobsOf("twice");
    const size = Buffer.byteLength(JSON.stringify(job?.data));
    const body = Buffer.byteLength(JSON.stringify(deliveries.analysisCompleted()));
    expect(size - body, `${size} bytes for a body of ${body}`).toBeLessThan(120);

    await pool.query("create table effects (id text)");
    const { handleQueued } = handlersOf(({ id }, transaction) =>
      transaction.query("insert into effects values ($1)", [id]),
    );
    await handleQueued(job?.data as QueuedDelivery);
    await handleQueued(job?.data as QueuedDelivery);
    expect((await pool.query("select id from effects")).rows).toEqual([{ id: "twice" }]);
  });

  test("works on each, tries what fails again, and keeps what fails for good", async () => {
    const { send, handlersOf } = await setUp();
    await Promise.all([send("well"), send("once"), send("always")]);
    const tries: string[] = [];
    let mended = false;
    const handlers = handlersOf(({ id }) => {
      const isFirst = !tries.includes(id);
      tries.push(id);
      if (mended || !["once", "always"].includes(id)) return;
      if (isFirst || id === "always") throw new Error("The work fails.");
    });
    await startWorker(boss, handlers);
    await vi.waitFor(async () => {
      expect(await boss.findJobs(DEAD_LETTERS)).toMatchObject([{ data: { id: "always" } }]);
    }, SLOW);
    await vi.waitFor(async () => {
      const states = await Promise.all(
        ["well", "once"].map(async (id) => (await jobsOf(id)).map(({ state }) => state)),
      );
      expect(states).toEqual([["completed"], ["completed"]]);
    }, SLOW);
    const triesOf = (id: string) => tries.filter((each) => each === id).length;
    expect([triesOf("well"), triesOf("once"), triesOf("always")]).toEqual([1, 2, 6]);

    mended = true;
    await boss.redrive(DEAD_LETTERS);
    await vi.waitFor(() => expect(triesOf("always")).toBe(7), SLOW);
  }, 60_000);
});
