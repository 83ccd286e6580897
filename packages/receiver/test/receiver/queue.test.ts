import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { createReceiver, type Delivery, HeldError, memoryStore, type QueuedDelivery } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();
const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** A receiver that puts deliveries into a queue, and a worker that shares its store. */
function setUp() {
  const { hooks, notes } = noting();
  const options = { keys: signer.publicKey, store: memoryStore() };
  const queue: string[] = [];
  const receiver = createReceiver(options).enqueue((delivery) => queue.push(JSON.stringify(delivery)));
  const handler = vi.fn<(delivery: Delivery, context: { readonly signal: AbortSignal }) => unknown>();
  const worker = createReceiver({ ...options, hooks });
  /** What comes out of the queue for a delivery. */
  const queued = async () => {
    await receiver.handle(signer.deliver());
    return JSON.parse(queue.at(-1) ?? "") as QueuedDelivery;
  };
  return { receiver, queue, queued, handler, worker, notes };
}

test("a delivery goes through a queue and into the handler of its type, once", async () => {
  const { receiver, queue, handler, worker, notes } = setUp();
  worker.on("analysis.completed", handler);
  const sent = signer.deliver({ eventId: "e", tenantId: 7 }, { id: "a", headers: { traceparent: TRACEPARENT } });
  await receiver.handle(sent);
  await receiver.handle(sent);
  expect(queue).toHaveLength(1);

  const job = JSON.parse(queue[0] ?? "") as QueuedDelivery;
  await worker.handleQueued(job);
  await worker.handleQueued(job);
  expect(notes).toEqual(["handled", "duplicate"]);
  expect(handler).toHaveBeenCalledOnce();
  const [delivery] = handler.mock.calls[0] ?? [];
  expect(delivery).toEqual({
    known: true,
    type: "analysis.completed",
    id: "a",
    attemptedAt: new Date(Number(sent.headers["webhook-timestamp"]) * 1000),
    eventId: "e",
    senderId: "sender",
    traceparent: TRACEPARENT,
    data: { analysisId: "1" },
  });
  expect(delivery?.raw).toBeUndefined();
});

test("a receiver may put deliveries into a queue and take them out again", async () => {
  const { handler } = setUp();
  const queue: QueuedDelivery[] = [];
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore() })
    .on("analysis.completed", handler)
    .enqueue((delivery) => queue.push(delivery));
  await receiver.handle(signer.deliver());
  expect(handler).not.toHaveBeenCalled();
  await receiver.handleQueued(queue[0] as QueuedDelivery);
  expect(handler).toHaveBeenCalledOnce();
});

test("the worker's version of the contract says whether a type is known", async () => {
  const { queued, handler, worker, notes } = setUp();
  worker.on("analysis.completed", handler).onUnknown(handler);
  await worker.handleQueued({ ...(await queued()), known: false });
  await worker.handleQueued({ ...(await queued()), type: "analysis.renamed" } as never);
  expect(handler.mock.calls.map(([{ known, type }]) => `${known} ${type}`)).toEqual([
    "true analysis.completed",
    "false analysis.renamed",
  ]);
  expect(notes).toEqual(["handled", "handled"]);
});

test("a delivery whose type has no handler in the worker is done", async () => {
  const { queued, worker, notes } = setUp();
  worker.on("analysis.failed", () => {});
  await worker.handleQueued(await queued());
  expect(notes).toEqual(["ignored"]);
});

test("where a handler fails, handleQueued rejects with its error, and the delivery is handled when it comes again", async () => {
  const { queued, handler, worker } = setUp();
  worker.on("analysis.completed", handler);
  const error = new Error("no");
  handler.mockRejectedValueOnce(error);
  const job = await queued();
  await expect(worker.handleQueued(job)).rejects.toBe(error);
  await worker.handleQueued(job);
  expect(handler).toHaveBeenCalledTimes(2);
});

test.each([undefined, "text", null])(
  "where a handler rejects with %j, handleQueued rejects with an Error",
  async (thrown) => {
    const { queued, handler, worker } = setUp();
    handler.mockRejectedValueOnce(thrown);
    worker.on("analysis.completed", handler);
    const error = await worker.handleQueued(await queued()).catch((rejected: unknown) => rejected);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: expect.stringContaining("The handler threw."), cause: thrown });
  },
);

test("a delivery from a queue whose data on cannot handle is not done", async () => {
  const { queued, handler, worker } = setUp();
  worker.on("analysis.completed", handler);
  const job = { ...(await queued()), known: false, data: null } as never;
  await expect(worker.handleQueued(job)).rejects.toThrow("The type is listed, but data is not an object");
});

test("where another worker has the delivery, or the store is down, handleQueued rejects", async () => {
  const { queued, handler, worker } = setUp();
  worker.on("analysis.completed", handler);
  const end = deferred();
  handler.mockReturnValueOnce(end.promise);
  const job = await queued();
  const first = worker.handleQueued(job);
  await vi.waitUntil(() => handler.mock.calls.length === 1);
  await expect(worker.handleQueued(job)).rejects.toThrow(HeldError);
  end.resolve();
  await first;

  const down = new Error("The store is down.");
  const store = { ...memoryStore(), claim: () => Promise.reject(down) };
  const other = createReceiver({ keys: signer.publicKey, store, log: false }).on("analysis.completed", handler);
  await expect(other.handleQueued(job)).rejects.toBe(down);
});

test("handleQueued ends with its signal, and with the receiver", async () => {
  const { queued, handler, worker } = setUp();
  worker.on("analysis.completed", handler);
  handler.mockImplementation(
    (_delivery, { signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve)),
  );
  const controller = new AbortController();
  const handling = worker.handleQueued(await queued(), { signal: controller.signal });
  await vi.waitUntil(() => handler.mock.calls.length === 1);
  controller.abort();
  await expect(handling).rejects.toMatchObject({ name: "InterruptedError", code: "aborted" });
  await worker[Symbol.asyncDispose]();
  await expect(worker.handleQueued(await queued())).rejects.toMatchObject({ code: "closing" });
});

test.each([
  ["text", "id", (job: object) => JSON.stringify(job)],
  ["nothing", "id", () => undefined],
  ["the job around it", "id", (job: object) => ({ name: "a", data: job })],
  ["an id that is empty", "id", (job: object) => ({ ...job, id: "" })],
  ["a part of it", "attemptedAt", ({ id, type, data }: QueuedDelivery) => ({ id, type, data })],
  ["a time that is none", "attemptedAt", (job: object) => ({ ...job, attemptedAt: "yesterday" })],
  ["no type", "type", (job: object) => ({ ...job, type: undefined })],
  ["data that were left out", "data", (job: object) => ({ ...job, data: undefined })],
  ["no known", "data", (job: object) => ({ ...job, known: undefined })],
])("handleQueued refuses %s, and says what is wrong", async (_what, field, change) => {
  const { queued, handler, worker, notes } = setUp();
  worker.on("analysis.completed", handler).onUnknown(handler);
  const changed = change(await queued()) as QueuedDelivery;
  await expect(worker.handleQueued(changed)).rejects.toMatchObject({
    code: "configuration",
    message: expect.stringContaining(`its ${field} is missing or wrong`),
  });
  expect(handler).not.toHaveBeenCalled();
  expect(notes).toEqual([]);
});

test("handleQueued refuses to lose deliveries where no handler is registered at all", async () => {
  const { receiver, queued, worker } = setUp();
  const job = await queued();
  for (const one of [worker, receiver]) {
    await expect(one.handleQueued(job)).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining("There are no handlers"),
    });
  }
});

test("a handler runs in what use calls it in, the first one outermost: in the worker, and around put", async () => {
  const { receiver, queued, worker } = setUp();
  const storage = new AsyncLocalStorage<string[]>();
  const within = (name: string) => (_: Delivery, next: () => Promise<unknown>) =>
    storage.run([...(storage.getStore() ?? []), name], next);
  const seen: unknown[] = [];
  receiver.use(async (delivery, next) => seen.push("before put", await next(), delivery.type));
  worker
    .use(within("a"))
    .use(within("b"))
    .on("analysis.completed", async () => {
      await setImmediate();
      seen.push(storage.getStore());
    });
  await worker.handleQueued(await queued());
  expect(seen).toEqual(["before put", 1, "analysis.completed", ["a", "b"]]);
});

test("what use is given can neither hide how a handler ends, nor run it twice, nor forget it", async () => {
  const outcomes: unknown[] = [];
  const wraps: Parameters<ReturnType<typeof createReceiver>["use"]>[0][] = [
    (_, next) => next().catch(() => {}),
    (_, next) => void next(),
    // An exporter hangs.
    async (_, next) => {
      await next().catch(() => {});
      await new Promise(() => {});
    },
    (_, next) => {
      void next();
      return new Promise(() => {});
    },
    async (_, next) => void (await Promise.allSettled([next(), next()])),
    () => {},
    async (_, next) => {
      await next().catch(() => {});
      throw new Error("an exporter is down");
    },
  ];
  for (const wrap of wraps) {
    for (const end of ["returns", "throws"]) {
      const { queued, handler, worker } = setUp();
      worker.use(wrap).on("analysis.completed", handler);
      handler.mockImplementation(async () => {
        await setImmediate();
        if (end === "throws") throw new Error("it fails");
      });
      outcomes.push(
        await worker.handleQueued(await queued()).then(
          () => "handled",
          ({ message }) => message,
        ),
      );
      expect(handler).toHaveBeenCalledOnce();
    }
  }
  expect(outcomes).toEqual(wraps.flatMap(() => ["handled", "it fails"]));
});

test("where what use is given fails before the handler, the delivery fails", async () => {
  const { queued, handler, worker } = setUp();
  const error = new Error("no context");
  worker.use(() => Promise.reject(error)).on("analysis.completed", handler);
  await expect(worker.handleQueued(await queued())).rejects.toBe(error);
  expect(handler).not.toHaveBeenCalled();
});
