import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { claimed, DONE, HELD } from "./support.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const handle = async (store: ReturnType<typeof memoryStore>, id: string) =>
  store.done(id, await claimed(store, id, 1_000));

test("a mark is forgotten after its time", async () => {
  const store = memoryStore({ ttl: 5_000 });
  await handle(store, "a");
  vi.advanceTimersByTime(4_999);
  expect(await store.claim("a", 1_000)).toEqual(DONE);
  vi.advanceTimersByTime(1);
  expect(await store.claim("a", 1_000)).not.toEqual(DONE);
});

test("a full store forgets the oldest mark", async () => {
  const store = memoryStore({ maxEntries: 3 });
  await handle(store, "a");
  await handle(store, "b");
  const held = await claimed(store, "held", 1_000);
  await handle(store, "c");
  expect(await store.claim("b", 1_000)).toEqual(DONE);
  expect(await store.claim("held", 1_000)).toEqual(HELD);
  expect(await store.renew("held", held, 1_000)).toBe(true);
  expect(await store.claim("a", 1_000)).not.toEqual(DONE);
});

test("a delivery that is handled again after its time has the newest mark", async () => {
  const store = memoryStore({ maxEntries: 3, ttl: 1_000 });
  await handle(store, "a");
  vi.advanceTimersByTime(500);
  await handle(store, "b");
  vi.advanceTimersByTime(500);
  await handle(store, "a");
  await handle(store, "c");
  await handle(store, "d");
  expect(await store.claim("a", 1_000)).toEqual(DONE);
  expect(await store.claim("b", 1_000)).not.toEqual(DONE);
});

test("a claim is never forgotten: a store full of claims refuses others until one has ended", async () => {
  const store = memoryStore({ maxEntries: 2 });
  const first = await claimed(store, "a", 1_000);
  await store.claim("b", 2_000);
  expect(() => store.claim("c", 1_000)).toThrow("maxEntries");
  expect(await store.claim("a", 1_000)).toEqual(HELD);
  await store.release("a", first);
  expect(await store.claim("c", 1_000)).not.toEqual(HELD);
  // A claim whose lease is over makes room.
  vi.advanceTimersByTime(1_000);
  expect(await store.claim("d", 1_000)).not.toEqual(HELD);
  expect(await store.claim("b", 1_000)).toEqual(HELD);
});

test("a claim that is over and still worked on is forgotten only where no mark is left to forget", async () => {
  const store = memoryStore({ maxEntries: 2 });
  const slow = await claimed(store, "slow", 1_000);
  await handle(store, "a");
  vi.advanceTimersByTime(1_000);
  await handle(store, "b");
  expect(await store.done("slow", slow)).toBe(true);
});

test("a second claim on the same delivery takes no more room", async () => {
  const store = memoryStore({ maxEntries: 2 });
  await handle(store, "a");
  await store.claim("b", 1_000);
  vi.advanceTimersByTime(1_000);
  await store.claim("b", 1_000);
  expect(await store.claim("a", 1_000)).toEqual(DONE);
});

test("a store of 0 entries takes none", () => {
  expect(() => memoryStore({ maxEntries: 0 }).claim("a", 1_000)).toThrow("maxEntries");
});

test("however many deliveries come, the store keeps no more than its bound", async () => {
  const store = memoryStore({ maxEntries: 100 });
  for (let count = 0; count < 1_000; count++) await handle(store, `${count}`);
  expect(await store.claim("999", 1_000)).toEqual(DONE);
  expect(await store.claim("900", 1_000)).toEqual(DONE);
  expect(await store.claim("899", 1_000)).not.toEqual(DONE);
});
