import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReceiver, type FetchKey, memoryStore, type RotatingKeysOptions, rotatingKeys } from "../src/index.ts";
import { createSigner, deferred } from "./receiver/support.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const claim = { senderId: "a", id: "1" };
const context = { signal: undefined };

function setUp(options: Partial<RotatingKeysOptions> = {}) {
  let key = "first";
  const fetchKey = vi.fn<FetchKey>(async () => key);
  const keys = rotatingKeys(fetchKey, { senders: ["a", "b"], ttl: 10_000, minInterval: 1_000, ...options });
  return {
    keys,
    fetchKey,
    rotate: (to: string) => {
      key = to;
    },
    get: async (senderId: string | undefined = "a") => keys({ senderId, id: "1" }, context),
  };
}

test("a key is fetched once, by sender, until it is old", async () => {
  const { get, fetchKey } = setUp();
  expect([await get("a"), await get("a"), await get("b")]).toEqual([["first"], ["first"], ["first"]]);
  expect(fetchKey.mock.calls).toEqual([["a"], ["b"]]);
  vi.advanceTimersByTime(9_999);
  await get();
  expect(fetchKey).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  await get();
  expect(fetchKey).toHaveBeenCalledTimes(3);
});

test("for a sender that is not listed, or none, nothing is fetched", async () => {
  const { get, keys, fetchKey } = setUp();
  for (const senderId of ["c", "", undefined, "__proto__", "constructor"]) {
    expect(await keys({ senderId, id: "1" }, context)).toBeUndefined();
    expect(await keys.refresh({ senderId, id: "1" })).toBe("fresh");
  }
  expect(fetchKey).not.toHaveBeenCalled();
  await get("a");
  expect(fetchKey).toHaveBeenCalledOnce();
});

test("however many ask at a time, there is one call", async () => {
  const answer = deferred<string>();
  const fetchKey = vi.fn<FetchKey>(() => answer.promise);
  const keys = rotatingKeys(fetchKey, { senders: ["a"] });
  const asked = Array.from({ length: 50 }, async () => keys(claim, context));
  answer.resolve("first");
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 50 }, () => ["first"]));
  expect(fetchKey).toHaveBeenCalledOnce();
});

test("a call that never comes back does not keep later ones from being made", async () => {
  const { get, keys, fetchKey } = setUp();
  const hanging = deferred<string>();
  fetchKey.mockReturnValueOnce(hanging.promise);
  const first = get();
  vi.advanceTimersByTime(60_000);
  expect(await get()).toEqual(["first"]);
  vi.advanceTimersByTime(1_000);
  expect(await keys.refresh(claim)).toBe("fresh");
  // One that comes back after all changes nothing of what is under way.
  hanging.resolve("first");
  expect(await first).toEqual(["first"]);
  expect(fetchKey).toHaveBeenCalledTimes(3);
});

test("a refresh fetches again, at most once in an interval and for each sender", async () => {
  const { get, keys, fetchKey, rotate } = setUp();
  await get();
  rotate("second");
  expect(await keys.refresh(claim)).toBe("throttled");
  expect(await get()).toEqual(["first"]);
  vi.advanceTimersByTime(1_000);
  expect(await keys.refresh(claim)).toBe("fresh");
  expect(await get()).toEqual(["second"]);
  expect(await keys.refresh(claim)).toBe("throttled");
  expect(fetchKey).toHaveBeenCalledTimes(2);
  expect(await keys.refresh({ senderId: "b", id: "1" })).toBe("fresh");
  expect(fetchKey).toHaveBeenCalledTimes(3);
});

test("a refresh that joins a call that was under way does not call its keys fresh", async () => {
  const answer = deferred<string>();
  const keys = rotatingKeys(() => answer.promise, { senders: ["a"], minInterval: 0 });
  const [first, second] = [keys.refresh(claim), keys.refresh(claim)];
  answer.resolve("key");
  expect([await first, await second]).toEqual(["fresh", "throttled"]);
});

test("a call that failed is not repeated within the interval, and a key that is still good goes on", async () => {
  const { get, keys, fetchKey } = setUp();
  fetchKey.mockRejectedValueOnce(new Error("down"));
  await expect(get()).rejects.toThrow("down");
  await expect(get()).rejects.toThrow("down");
  expect(fetchKey).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(await get()).toEqual(["first"]);

  vi.advanceTimersByTime(1_000);
  fetchKey.mockRejectedValueOnce(new Error("down"));
  await expect(keys.refresh(claim)).rejects.toThrow("down");
  expect(await get()).toEqual(["first"]);
  // A key that has become old is not used, since it may have been revoked.
  vi.advanceTimersByTime(9_000);
  fetchKey.mockRejectedValue(new Error("down"));
  await expect(get()).rejects.toThrow("down");
});

test("an interval longer than the time that a key is used keeps the key", async () => {
  const { get, fetchKey } = setUp({ ttl: 100, minInterval: 1_000 });
  fetchKey.mockRejectedValueOnce(new Error("down"));
  await expect(get()).rejects.toThrow("down");
  vi.advanceTimersByTime(1_000);
  await get();
  vi.advanceTimersByTime(500);
  expect(await get()).toEqual(["first"]);
  expect(fetchKey).toHaveBeenCalledTimes(2);
});

test("a key is as old as the call that asked for it", async () => {
  const { get, fetchKey } = setUp({ ttl: 1_000, minInterval: 0 });
  fetchKey.mockImplementationOnce(async () => {
    vi.advanceTimersByTime(600);
    return "first";
  });
  await get();
  vi.advanceTimersByTime(400);
  await get();
  expect(fetchKey).toHaveBeenCalledTimes(2);
});

test("the previous key goes at once, unless it is given time", async () => {
  for (const previousKeyGrace of [0, 3_000]) {
    const { get, keys, rotate } = setUp({ previousKeyGrace });
    await get();
    rotate("second");
    vi.advanceTimersByTime(1_000);
    await keys.refresh(claim);
    expect(await get()).toEqual(previousKeyGrace ? ["second", "first"] : ["second"]);
    // Fetching the same again is no rotation.
    vi.advanceTimersByTime(2_999);
    await keys.refresh(claim);
    expect(await get()).toEqual(previousKeyGrace ? ["second", "first"] : ["second"]);
    vi.advanceTimersByTime(1);
    expect(await get()).toEqual(["second"]);
  }
});

test("a sender may have several keys", async () => {
  expect(await rotatingKeys(() => ["a", "b"], { senders: ["a"] })(claim, context)).toEqual(["a", "b"]);
});

test.each([undefined, []])("an answer without a key is a call that failed: %j", async (none) => {
  const { get, fetchKey } = setUp();
  fetchKey.mockReturnValueOnce(none);
  await expect(get()).rejects.toThrow("There is no key for a sender that is listed.");
  vi.advanceTimersByTime(1_000);
  expect(await get()).toEqual(["first"]);
});

test.each([
  [undefined, "senders is undefined. The variable that should hold it is probably unset."],
  [[], "senders is empty. The variable that should hold it is probably unset."],
  [["a", undefined], "Item 2 of senders is undefined. The variable that should hold it is probably unset."],
  [[""], "Item 1 of senders is empty. The variable that should hold it is probably unset."],
  [["undefined"], 'Item 1 of senders is the text "undefined". The variable that should hold it is probably unset.'],
  [["null"], 'Item 1 of senders is the text "null". The variable that should hold it is probably unset.'],
  [[["a"]], "Item 1 of senders must be the id of a webhook."],
  [[5], "Item 1 of senders must be the id of a webhook."],
  [new Set(["a"]), "senders must be a list of ids of webhooks."],
  ["a", "senders must be a list of ids of webhooks."],
])("senders that are missing are refused at once: %j", (senders, message) => {
  const create = () => rotatingKeys(() => "key", { senders: senders as string[] });
  expect(create).toThrow(expect.objectContaining({ code: "configuration", message }));
});

test.each<[unknown, unknown, string]>([
  [undefined, { senders: ["a"] }, "fetchKey must be a function."],
  [() => "key", undefined, "senders is undefined. The variable that should hold it is probably unset."],
  ...["ttl", "minInterval", "previousKeyGrace"].map((name): [unknown, unknown, string] => [
    () => "key",
    { senders: ["a"], [name]: Number.NaN },
    `${name} is NaN. It must be a number of at least 0.`,
  ]),
  [() => "key", { senders: ["a"], previousKeyGrase: 1 }, 'rotatingKeys has no option "previousKeyGrase".'],
])("options that cannot work are refused at once: %j, %j", (fetchKey, options, message) => {
  const create = () => rotatingKeys(fetchKey as FetchKey, options as RotatingKeysOptions);
  expect(create).toThrow(expect.objectContaining({ code: "configuration", message }));
});

test("a function that throws is one that rejects", async () => {
  const keys = rotatingKeys(
    () => {
      throw new Error("down");
    },
    { senders: ["a"] },
  );
  await expect(keys(claim, context)).rejects.toThrow("down");
});

test("a receiver follows a rotation, and asks no more often than it may, whatever is sent to it", async () => {
  const [first, second, forger] = [createSigner(), createSigner(), createSigner()];
  let { publicKey } = first;
  const fetchKey = vi.fn<FetchKey>(async () => publicKey);
  const keys = rotatingKeys(fetchKey, { senders: ["sender"], minInterval: 1_000 });
  const receiver = createReceiver({ keys, store: memoryStore(), log: false }).on("analysis.completed", () => {});
  const statuses = async (...deliveries: Parameters<typeof receiver.handle>[0][]) =>
    (await Promise.all(deliveries.map(receiver.handle))).map(({ status }) => status);

  expect(await statuses(first.deliver(), first.deliver())).toEqual([204, 204]);
  ({ publicKey } = second);
  expect(await statuses(second.deliver(), forger.deliver())).toEqual([503, 503]);
  vi.advanceTimersByTime(1_000);
  expect(await statuses(second.deliver(), second.deliver(), second.deliver())).toEqual([204, 204, 204]);
  expect(await statuses(first.deliver(), forger.deliver({ senderId: "unknown" }))).toEqual([503, 401]);
  vi.advanceTimersByTime(1_000);
  expect(await statuses(first.deliver())).toEqual([401]);
  expect(fetchKey).toHaveBeenCalledTimes(3);
});
