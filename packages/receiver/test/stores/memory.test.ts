import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryStore } from "../../src/index.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const handle = async (store: ReturnType<typeof memoryStore>, id: string) =>
  store.done(id, await store.claim(id, 1_000));

test("what was handled is forgotten after its time", async () => {
  const store = memoryStore({ ttl: 5_000 });
  await handle(store, "a");
  vi.advanceTimersByTime(4_999);
  expect(await store.claim("a", 1_000)).toBe("done");
  vi.advanceTimersByTime(1);
  expect(await store.claim("a", 1_000)).not.toBe("done");
});

test("beyond its bound, the delivery that was handled the longest ago is forgotten", async () => {
  const store = memoryStore({ maxEntries: 3 });
  await handle(store, "a");
  await handle(store, "b");
  const held = await store.claim("held", 1_000);
  await handle(store, "c");
  expect(await store.claim("b", 1_000)).toBe("done");
  expect(await store.claim("held", 1_000)).toBe("held");
  expect(await store.renew("held", held, 1_000)).toBe(true);
  expect(await store.claim("a", 1_000)).not.toBe("done");
});

test("what was handled again, after it was forgotten, is the newest", async () => {
  const store = memoryStore({ maxEntries: 3, ttl: 1_000 });
  await handle(store, "a");
  vi.advanceTimersByTime(500);
  await handle(store, "b");
  vi.advanceTimersByTime(500);
  await handle(store, "a");
  await handle(store, "c");
  await handle(store, "d");
  expect(await store.claim("a", 1_000)).toBe("done");
  expect(await store.claim("b", 1_000)).not.toBe("done");
});

test("a claim is never forgotten: with only such, another is refused until one has ended", async () => {
  const store = memoryStore({ maxEntries: 2 });
  const first = await store.claim("a", 1_000);
  await store.claim("b", 2_000);
  await expect(store.claim("c", 1_000)).rejects.toThrow("maxEntries");
  expect(await store.claim("a", 1_000)).toBe("held");
  await store.release("a", first);
  expect(await store.claim("c", 1_000)).not.toBe("held");
  // Nor where its lease is over and another is wanted: what is over makes room.
  vi.advanceTimersByTime(1_000);
  expect(await store.claim("d", 1_000)).not.toBe("held");
  expect(await store.claim("b", 1_000)).toBe("held");
});

test("a claim that follows another on the same delivery takes no more room", async () => {
  const store = memoryStore({ maxEntries: 2 });
  await handle(store, "a");
  await store.claim("b", 1_000);
  vi.advanceTimersByTime(1_000);
  await store.claim("b", 1_000);
  expect(await store.claim("a", 1_000)).toBe("done");
});

test("a store of 0 entries takes none", async () => {
  await expect(memoryStore({ maxEntries: 0 }).claim("a", 1_000)).rejects.toThrow("maxEntries");
});

test("however many deliveries come, no more than the bound are kept", async () => {
  const store = memoryStore({ maxEntries: 100 });
  for (let count = 0; count < 1_000; count++) await handle(store, `${count}`);
  expect(await store.claim("999", 1_000)).toBe("done");
  expect(await store.claim("900", 1_000)).toBe("done");
  expect(await store.claim("899", 1_000)).not.toBe("done");
});
