import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { adviceOn, type Claim, createReceiver, memoryStore, type Store } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A receiver that has begun to handle a delivery, whose end is ours to say. */
async function running(overrides: Partial<Store> = {}, signal?: AbortSignal) {
  const { hooks, notes } = noting();
  const plain = memoryStore();
  const store = { ...plain, ...overrides, release: vi.fn<Store["release"]>(overrides.release ?? plain.release) };
  const receiver = createReceiver({ keys: signer.publicKey, store, hooks });
  const started = deferred<AbortSignal>();
  const end = deferred();
  receiver.on("analysis.completed", (_delivery, context) => {
    started.resolve(context.signal);
    return end.promise;
  });
  const delivery = signer.deliver();
  const answer = receiver.handle({ ...delivery, signal });
  return { receiver, store, delivery, answer, signal: await started.promise, end, notes };
}

/** Whether a promise has been settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

test("a receiver that was closed refuses new work", async () => {
  const { hooks, notes } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), hooks });
  receiver.on("analysis.completed", () => expect.unreachable());
  await receiver.close();
  expect(await receiver.handle(signer.deliver())).toEqual({
    status: 503,
    headers: { "content-type": "application/json", "retry-after": "30" },
    body: '{"code":"closing"}',
  });
  expect(notes).toEqual(["refused closing 503"]);
  expect(adviceOn("closing")).toMatch(/^The receiver is shutting down: have the delivery sent again\./);
});

test("close waits for handlers that run", async () => {
  const { receiver, answer, end, signal, notes } = await running();
  const closed = receiver.close();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(await isSettled(closed)).toBe(false);
  end.resolve();
  await closed;
  expect(await answer).toMatchObject({ status: 204 });
  expect(signal.aborted).toBe(false);
  expect(notes).toEqual(["received", "handled"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("close waits no longer than it was told, and then releases what still runs", async () => {
  const { receiver, answer, store, signal, delivery, notes, end } = await running();
  const closed = receiver.close({ timeout: 500 });
  await vi.advanceTimersByTimeAsync(500);
  await closed;
  expect(signal.reason).toMatchObject({ name: "InterruptedError", code: "closing" });
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"closing"}' });
  expect(notes).toEqual(["received", "failed closing 503"]);
  const another = createReceiver({ keys: signer.publicKey, store }).on("analysis.completed", () => {});
  expect(await another.handle(delivery)).toMatchObject({ status: 204 });
  end.resolve();
});

test("close with a timeout of 0 waits for nothing, and one of Infinity as long as it takes", async () => {
  const first = await running();
  const closedFirst = first.receiver.close({ timeout: 0 });
  await vi.advanceTimersByTimeAsync(0);
  await closedFirst;
  expect(first.signal.aborted).toBe(true);
  const second = await running();
  const closed = second.receiver.close({ timeout: Number.POSITIVE_INFINITY });
  await vi.advanceTimersByTimeAsync(100_000);
  expect(await isSettled(closed)).toBe(false);
  second.end.resolve();
  await closed;
});

test("close resolves a second later where the store does not answer", async () => {
  const { receiver } = await running({ release: () => new Promise(() => {}) });
  const closed = receiver.close({ timeout: 500 });
  await vi.advanceTimersByTimeAsync(1_499);
  expect(await isSettled(closed)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closed;
});

test("a claim that comes when nobody waits for it any more is released", async () => {
  const claimed = deferred<Claim>();
  const asked = deferred();
  const release = vi.fn<Store["release"]>(async () => true);
  const store: Store = {
    ...memoryStore(),
    release,
    claim: () => {
      asked.resolve();
      return claimed.promise;
    },
  };
  const { hooks, notes } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store, hooks });
  receiver.on("analysis.completed", () => expect.unreachable());
  const answer = receiver.handle(signer.deliver({}, { id: "a" }));
  await asked.promise;
  const closed = receiver.close({ timeout: 0 });
  await vi.advanceTimersByTimeAsync(0);
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"closing"}' });
  await closed;
  claimed.resolve({ status: "claimed", token: "token" });
  await vi.advanceTimersByTimeAsync(0);
  expect(release).toHaveBeenCalledExactlyOnceWith("a.sender", "token");
  expect(notes).toEqual(["received", "refused closing 503"]);
});

test("a delivery that was being verified when the receiver was closed is not claimed", async () => {
  const claim = vi.fn<Store["claim"]>();
  const asked = deferred();
  const key = deferred<string>();
  const keys = () => {
    asked.resolve();
    return key.promise;
  };
  const receiver = createReceiver({ keys, store: { ...memoryStore(), claim } }).on("analysis.completed", () => {});
  const answer = receiver.handle(signer.deliver());
  await asked.promise;
  await receiver.close();
  key.resolve(signer.publicKey);
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"closing"}' });
  expect(claim).not.toHaveBeenCalled();
});

test("the signal given to handle ends the work on a request", async () => {
  const controller = new AbortController();
  const { answer, signal, store, notes } = await running({}, controller.signal);
  controller.abort();
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
  expect(signal.reason).toMatchObject({ code: "aborted" });
  expect(store.release).toHaveBeenCalledOnce();
  expect(notes).toEqual(["received", "failed aborted 503"]);
});

test.each(["keys", "a refresh of them"])("the signal given to handle ends the wait for %s", async (what) => {
  const controller = new AbortController();
  const asked = deferred();
  const waiting = () => {
    asked.resolve();
    return new Promise<never>(() => {});
  };
  const keys = what === "keys" ? waiting : Object.assign(() => createSigner().publicKey, { refresh: waiting });
  const receiver = createReceiver({ keys, store: memoryStore() });
  const answer = receiver.handle({ ...signer.deliver(), signal: controller.signal });
  await asked.promise;
  controller.abort();
  expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
});
