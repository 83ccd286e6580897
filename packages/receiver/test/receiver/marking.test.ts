import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReceiver, memoryStore, type Store } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();
const LEASE = 3_000;
const TAKEN = { status: 204 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A receiver whose handler returns at once, and whose store marks like this. */
function setUp(done: (mark: Store["done"]) => Store["done"], signal?: AbortSignal) {
  const store = memoryStore();
  const marking = deferred();
  const marked = done(store.done);
  const mark = vi.fn<Store["done"]>((...args) => {
    marking.resolve();
    return marked(...args);
  });
  const { hooks, notes, errors } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store: { ...store, done: mark }, hooks, lease: LEASE });
  const handler = vi.fn<() => void>();
  receiver.on("analysis.completed", handler);
  const delivery = signer.deliver();
  const send = () => receiver.handle({ ...delivery, signal });
  return { receiver, handler, mark, marking: marking.promise, notes, errors, send };
}

/** Fails until so many milliseconds have passed since the first try. */
const failingFor = (milliseconds: number) => (mark: Store["done"]) => {
  let until: number | undefined;
  return async (...args: Parameters<typeof mark>) => {
    until ??= performance.now() + milliseconds;
    if (performance.now() < until) throw new Error("The connection was cut.");
    return mark(...args);
  };
};

test("a mark that fails is tried again, so that the effect does not come twice", async () => {
  const { send, handler, notes, marking } = setUp(failingFor(1_500));
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await answer).toMatchObject(TAKEN);
  expect(await send()).toMatchObject(TAKEN);
  expect(handler).toHaveBeenCalledOnce();
  expect(notes).toEqual(["received", "handled", "received", "duplicate"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a mark that the store does not answer is tried again, and the first answer counts", async () => {
  let calls = 0;
  const { send, mark, marking } = setUp(
    (done) =>
      (...args) =>
        ++calls < 3 ? new Promise(() => {}) : done(...args),
  );
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(LEASE);
  expect(await answer).toMatchObject(TAKEN);
  expect(mark).toHaveBeenCalledTimes(3);
});

test("a mark whose answer was lost counts as made", async () => {
  let calls = 0;
  const { send, notes, marking } = setUp((done) => async (...args) => {
    const marked = await done(...args);
    if (++calls === 1) throw new Error("The connection was cut before the answer came.");
    return marked;
  });
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(LEASE);
  expect(await answer).toMatchObject(TAKEN);
  expect(notes).toEqual(["received", "handled"]);
});

test("a mark is tried with growing waits for two thirds of the lease, and no longer", async () => {
  const { send, mark, notes, errors, marking } = setUp(failingFor(Number.POSITIVE_INFINITY));
  const times: number[] = [];
  const answer = send();
  await marking;
  const start = performance.now();
  for (let now = 0; now < LEASE; now += 10) {
    await vi.advanceTimersByTimeAsync(10);
    while (times.length < mark.mock.calls.length) times.push(performance.now() - start);
  }
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"store"}' });
  expect(times.at(-1)).toBeGreaterThan(LEASE / 2);
  expect(times.at(-1)).toBeLessThanOrEqual((LEASE * 2) / 3);
  expect(times.length).toBeGreaterThan(5);
  expect(times.length).toBeLessThan(15);
  expect(notes).toEqual(["received", "failed store 503"]);
  expect(errors).toEqual([expect.objectContaining({ message: "The connection was cut." })]);
});

test("a mark that another process has made worthless is not tried again", async () => {
  const { send, mark } = setUp(() => async () => false);
  expect(await send()).toMatchObject({ status: 503, body: '{"code":"lease_lost"}' });
  expect(mark).toHaveBeenCalledOnce();
});

test("whoever aborts is answered at once, and the mark is still made", async () => {
  const controller = new AbortController();
  const { send, handler, mark, notes, marking } = setUp(failingFor(1_000), controller.signal);
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(500);
  controller.abort();
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
  await vi.advanceTimersByTimeAsync(1_000);
  const calls = mark.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mark).toHaveBeenCalledTimes(calls);
  expect(handler).toHaveBeenCalledOnce();
  expect(notes).toEqual(["received", "failed aborted 503"]);
});

test("close waits a second for marks, and then tries no more", async () => {
  const { receiver, send, mark, marking } = setUp(failingFor(Number.POSITIVE_INFINITY));
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(100);
  let closed = false;
  void receiver.close({ timeout: 100 }).then(() => (closed = true));
  await vi.advanceTimersByTimeAsync(100);
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"closing"}' });
  await vi.advanceTimersByTimeAsync(990);
  expect(closed).toBe(false);
  await vi.advanceTimersByTimeAsync(10);
  expect(closed).toBe(true);
  const calls = mark.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mark).toHaveBeenCalledTimes(calls);
  expect(vi.getTimerCount()).toBe(0);
});

test("close is over as soon as the last mark is made", async () => {
  const { receiver, send, handler, marking } = setUp(failingFor(500));
  const answer = send();
  await marking;
  await vi.advanceTimersByTimeAsync(100);
  const closed = receiver.close({ timeout: 100 });
  await vi.advanceTimersByTimeAsync(700);
  await closed;
  expect(await answer).toMatchObject({ status: 503 });
  expect(handler).toHaveBeenCalledOnce();
});

test("an answer does not wait for a release", async () => {
  const controller = new AbortController();
  const store = { ...memoryStore(), release: () => new Promise<boolean>(() => {}) };
  const receiver = createReceiver({ keys: signer.publicKey, store, log: false });
  const started = deferred();
  receiver.on("analysis.completed", () => {
    started.resolve();
    return new Promise(() => {});
  });
  const answer = receiver.handle({ ...signer.deliver(), signal: controller.signal });
  await started.promise;
  controller.abort();
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
});

test("a handler that fails is answered within a second, whatever the release takes", async () => {
  const releasing = deferred();
  const release = () => {
    releasing.resolve();
    return new Promise<boolean>(() => {});
  };
  const store = { ...memoryStore(), release };
  const receiver = createReceiver({ keys: signer.publicKey, store, log: false });
  receiver.on("analysis.completed", () => Promise.reject(new Error("no")));
  const answer = receiver.handle(signer.deliver());
  await releasing.promise;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await answer).toMatchObject({ status: 500, body: '{"code":"handler"}' });
});

test("a claim that the store does not answer within the lease is given up", async () => {
  const claiming = deferred();
  const claim = () => {
    claiming.resolve();
    return new Promise<never>(() => {});
  };
  const store = { ...memoryStore(), claim };
  const receiver = createReceiver({ keys: signer.publicKey, store, lease: LEASE, log: false });
  receiver.on("analysis.completed", () => expect.unreachable());
  const answer = receiver.handle(signer.deliver());
  await claiming.promise;
  await vi.advanceTimersByTimeAsync(LEASE);
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"store"}' });
});

test("a renewal that fails is tried again before the lease is over", async () => {
  const store = memoryStore();
  const [started, end] = [deferred(), deferred()];
  let start = 0;
  const renewed: number[] = [];
  // The store cannot be reached until shortly before the lease is over.
  const renew: Store["renew"] = async (...args) => {
    if (performance.now() - start < 2_400) throw new Error("The connection was cut.");
    renewed.push(performance.now() - start);
    return store.renew(...args);
  };
  const receiver = createReceiver({ keys: signer.publicKey, store: { ...store, renew }, lease: LEASE, log: false });
  receiver.on("analysis.completed", () => {
    start = performance.now();
    started.resolve();
    return end.promise;
  });
  const answer = receiver.handle(signer.deliver());
  await started.promise;
  await vi.advanceTimersByTimeAsync(LEASE);
  expect(renewed[0]).toBeLessThan(2_900);
  end.resolve();
  expect(await answer).toMatchObject(TAKEN);
});
