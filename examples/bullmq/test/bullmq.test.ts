import { createReceiver, type Delivery, type QueuedDelivery } from "@mindbridge-sdk/receiver";
import { redisStore } from "@mindbridge-sdk/receiver/redis";
import { hasRedis, type Service, startRedis } from "@mindbridge-sdk/services";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openQueue } from "../src/queue.ts";
import { receiveInto } from "../src/receive.ts";
import { startWorker } from "../src/work.ts";

describe.skipIf(!hasRedis())("a receiver that puts deliveries into BullMQ", () => {
  let service: Service;
  let connection: Redis;
  beforeAll(async () => {
    service = await startRedis();
    connection = new Redis(service.url, { maxRetriesPerRequest: null });
  });
  beforeEach(async () => void (await connection.flushall()));
  afterAll(async () => {
    connection.disconnect();
    await service.close();
  });

  /** A receiver, and a sender that signs for it. */
  async function setUp() {
    const signer = await createTestSigner();
    const queue = openQueue(connection, { delay: 1 });
    const receiver = receiveInto(queue, { keys: signer.publicKey, store: redisStore(connection) });
    const send = async (id: string, to = receiver) => {
      const delivery = await signDelivery(deliveries.analysisCompleted(), { signer, id });
      return (await to.fetch(delivery.toRequest("https://hooks.example.com"))).status;
    };
    /** A receiver for workers. */
    const handlersOf = (handle: (delivery: Delivery) => unknown) =>
      createReceiver({ keys: signer.publicKey, store: redisStore(connection), log: false }).on(
        "analysis.completed",
        handle,
      );
    return { signer, queue, receiver, send, handlersOf };
  }

  test("answers once a delivery is in the queue, and has it worked on once", async () => {
    const { signer, queue, send, handlersOf } = await setUp();
    expect([await send("a"), await send("a"), await send("1")]).toEqual([204, 204, 204]);
    // As after a process that died before it could mark the delivery: this one knows nothing of it.
    let forgetful = 0;
    const sendAgain = () => {
      const store = redisStore(connection, { prefix: `forgetful-${++forgetful}:` });
      return send("a", receiveInto(queue, { keys: signer.publicKey, store }));
    };
    expect(await sendAgain()).toBe(204);
    expect(await queue.count()).toBe(2);

    const handle = vi.fn<(delivery: Delivery) => void>();
    const worker = startWorker(connection, handlersOf(handle));
    await vi.waitFor(async () => expect(await queue.getCompletedCount()).toBe(2));
    expect(
      handle.mock.calls.map(([{ id, attemptedAt }]) => `${id} ${typeof attemptedAt.getTime()}`).toSorted(),
    ).toEqual(["1 number", "a number"]);
    expect(
      await send(
        "a",
        receiveInto(queue, { keys: signer.publicKey, store: redisStore(connection, { prefix: "new:" }) }),
      ),
    ).toBe(204);
    expect(await queue.count()).toBe(0);
    await worker.close();
    await queue.close();
  });

  test("handles a delivery once that is in the queue twice, and keeps little more of it than its body", async () => {
    const { queue, send, handlersOf } = await setUp();
    await send("twice");
    const [job] = await queue.getWaiting();
    const size = Buffer.byteLength(JSON.stringify(job?.data));
    const body = Buffer.byteLength(JSON.stringify(deliveries.analysisCompleted()));
    expect(size - body, `${size} bytes for a body of ${body}`).toBeLessThan(120);
    await queue.add("analysis.completed", job?.data as QueuedDelivery);

    const handle = vi.fn<(delivery: Delivery) => void>();
    const worker = startWorker(connection, handlersOf(handle));
    await vi.waitFor(async () => expect(await queue.getCompletedCount()).toBe(2));
    expect(handle).toHaveBeenCalledOnce();
    await worker.close();
    await queue.close();
  });

  test("tries what fails again, and keeps what fails for good", async () => {
    const { queue, send, handlersOf } = await setUp();
    await Promise.all([send("once"), send("always")]);
    const tries: string[] = [];
    let mended = false;
    const handlers = handlersOf(({ id }) => {
      const isFirst = !tries.includes(id);
      tries.push(id);
      if (isFirst || (id === "always" && !mended)) throw new Error("The work fails.");
    });
    const worker = startWorker(connection, handlers);
    await vi.waitFor(async () =>
      expect(await queue.getJobCounts("completed", "failed")).toEqual({ completed: 1, failed: 1 }),
    );
    expect(tries.toSorted()).toEqual([...Array<string>(6).fill("always"), "once", "once"]);

    const [dead] = await queue.getFailed();
    expect(dead).toMatchObject({ data: { id: "always" }, failedReason: "The work fails." });
    mended = true;
    await dead?.retry();
    await vi.waitFor(async () =>
      expect(await queue.getJobCounts("completed", "failed")).toEqual({ completed: 2, failed: 0 }),
    );
    await worker.close();
    await queue.close();
  });

  test("asks the sender to come again while Redis is down", async () => {
    const signer = await createTestSigner();
    const down = new Redis({ port: 1, lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => null });
    down.on("error", () => {});
    const queue = openQueue(connection);
    const receiver = receiveInto(queue, { keys: signer.publicKey, store: redisStore(down), log: false });
    const delivery = await signDelivery(deliveries.analysisCompleted(), { signer });
    const { status } = await receiver.fetch(delivery.toRequest("https://hooks.example.com"));
    expect(status).toBe(503);
    down.disconnect();
    await queue.close();
  });
});
