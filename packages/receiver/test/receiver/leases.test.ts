import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReceiver, memoryStore, type Store } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A receiver that has begun to handle a delivery, whose end is ours to say. */
async function running(overrides: Partial<Store> = {}, store = memoryStore()) {
  const { hooks, notes } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store: { ...store, ...overrides }, hooks, lease: 3_000 });
  const started = deferred<AbortSignal>();
  const end = deferred();
  receiver.on("analysis.completed", (_delivery, { signal }) => {
    started.resolve(signal);
    return end.promise;
  });
  const delivery = signer.deliver();
  const answer = receiver.handle(delivery);
  return { receiver, store, delivery, answer, signal: await started.promise, end, notes };
}

test("a claim is kept for as long as the handler runs", async () => {
  const { receiver, delivery, answer, signal, end } = await running();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await receiver.handle(delivery)).toMatchObject({ status: 503, body: '{"code":"held"}' });
  expect(signal.aborted).toBe(false);
  end.resolve();
  expect(await answer).toMatchObject({ status: 204 });
  expect(vi.getTimerCount()).toBe(0);
});

test("it is renewed at each third of its lease, and no more once the handler has ended", async () => {
  const renew = vi.fn<Store["renew"]>(async () => true);
  const { answer, end } = await running({ renew });
  await vi.advanceTimersByTimeAsync(999);
  expect(renew).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(renew.mock.calls).toEqual(Array.from({ length: 3 }, () => [expect.any(String), "1", 3_000]));
  end.resolve();
  await answer;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(renew).toHaveBeenCalledTimes(3);
});

test("where it was lost, the signal fires, and the sender is told to come again", async () => {
  const { answer, signal, notes, end } = await running({ renew: async () => false });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(signal.reason).toMatchObject({ name: "InterruptedError", code: "lease_lost" });
  // Also where the handler does not listen to its signal.
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"lease_lost"}' });
  expect(notes).toEqual(["received", "failed lease_lost 503"]);
  end.reject(new Error("later"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notes).toHaveLength(2);
});

test("a claim that was lost is not released: it is another's", async () => {
  const release = vi.fn<Store["release"]>(async () => true);
  const { answer } = await running({ renew: async () => false, release });
  await vi.advanceTimersByTimeAsync(1_000);
  await answer;
  expect(release).not.toHaveBeenCalled();
});

test("a store that fails for a moment costs nothing", async () => {
  const store = memoryStore();
  const renew = vi.fn<Store["renew"]>(store.renew);
  const { answer, signal, end } = await running({ renew }, store);
  await vi.advanceTimersByTimeAsync(4_000);
  renew.mockRejectedValueOnce(new Error("down"));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(signal.aborted).toBe(false);
  end.resolve();
  expect(await answer).toMatchObject({ status: 204 });
});

test.each([
  ["fails", () => Promise.reject(new Error("down"))],
  ["does not answer", () => new Promise<boolean>(() => {})],
])("a store that %s for a whole lease loses the claim", async (_what, renew) => {
  const { signal } = await running({ renew });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(signal.reason).toMatchObject({ code: "lease_lost" });
});

test("a renewal that is overtaken by the end of the handler changes nothing", async () => {
  const renewed = deferred<boolean>();
  const { answer, signal, end, notes } = await running({ renew: () => renewed.promise });
  await vi.advanceTimersByTimeAsync(1_000);
  end.resolve();
  expect(await answer).toMatchObject({ status: 204 });
  renewed.resolve(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(signal.aborted).toBe(false);
  expect(notes).toEqual(["received", "handled"]);
});

test("nothing is renewed while the store marks the delivery", async () => {
  const marked = deferred<boolean>();
  const marking = deferred();
  const renew = vi.fn<Store["renew"]>(async () => false);
  const done = () => {
    marking.resolve();
    return marked.promise;
  };
  const { answer, signal, end } = await running({ renew, done });
  end.resolve();
  await marking.promise;
  await vi.advanceTimersByTimeAsync(1_500);
  expect(renew).not.toHaveBeenCalled();
  marked.resolve(true);
  expect(await answer).toMatchObject({ status: 204 });
  expect(signal.aborted).toBe(false);
});

test("what a process left that died is handled when its lease is over", async () => {
  const store = memoryStore();
  // It renews nothing more.
  const { delivery } = await running({ renew: () => new Promise(() => {}) }, store);
  const handler = vi.fn<() => void>();
  const receiver = createReceiver({ keys: signer.publicKey, store }).on("analysis.completed", handler);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(await receiver.handle(delivery)).toMatchObject({ status: 503 });
  await vi.advanceTimersByTimeAsync(1);
  expect(await receiver.handle(delivery)).toMatchObject({ status: 204 });
  expect(handler).toHaveBeenCalledOnce();
});

test("a process that slept past its lease marks nothing that another holds", async () => {
  const store = memoryStore();
  const sleeper = await running({ renew: () => new Promise(() => {}) }, store);
  await vi.advanceTimersByTimeAsync(3_000);
  const other = await running({}, store);
  const { delivery } = sleeper;
  const answer = other.receiver.handle(delivery);
  await vi.waitUntil(() => other.notes.length === 2);
  sleeper.end.resolve();
  expect(await sleeper.answer).toMatchObject({ status: 503, body: '{"code":"lease_lost"}' });
  other.end.resolve();
  expect(await answer).toMatchObject({ status: 204 });
  expect(await sleeper.receiver.handle(delivery)).toMatchObject({ status: 204 });
});

test.each([0, -1, Number.NaN])("a lease of %s is refused", (lease) => {
  expect(() => createReceiver({ keys: signer.publicKey, store: memoryStore(), lease })).toThrow(
    expect.objectContaining({ code: "configuration" }),
  );
});

test("a lease may be as long as one likes", async () => {
  const renew = vi.fn<Store["renew"]>(async () => true);
  const store = { ...memoryStore(), renew };
  const receiver = createReceiver({ keys: signer.publicKey, store, lease: Number.POSITIVE_INFINITY });
  const started = deferred();
  const end = deferred();
  receiver.on("analysis.completed", () => {
    started.resolve();
    return end.promise;
  });
  const answer = receiver.handle(signer.deliver());
  await started.promise;
  await vi.advanceTimersByTimeAsync(100_000);
  expect(renew).not.toHaveBeenCalled();
  end.resolve();
  expect(await answer).toMatchObject({ status: 204 });
});
