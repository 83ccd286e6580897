import { expect, test, vi } from "vitest";
import { createReceiver, type KeyFunction, memoryStore, type RefreshableKeys } from "../../src/index.ts";
import { createSigner, noting } from "./support.ts";

const old = createSigner();
const fresh = createSigner();

/** A source of keys that has the old key until it is asked to refresh. */
function source(state: "fresh" | "throttled", afterwards: string) {
  let key = old.publicKey;
  const refresh = vi.fn<RefreshableKeys["refresh"]>(async () => {
    key = afterwards;
    return state;
  });
  const keys: KeyFunction = () => key;
  return Object.assign(keys, { refresh });
}

function setUp(keys: RefreshableKeys | KeyFunction) {
  const { hooks, notes, errors } = noting();
  const receiver = createReceiver({ keys, store: memoryStore(), hooks }).on("analysis.completed", () => {});
  return { receiver, notes, errors };
}

test.each(["fresh", "throttled"] as const)("a delivery that matches after a refresh (%s) is handled", async (state) => {
  const keys = source(state, fresh.publicKey);
  const { receiver, notes } = setUp(keys);
  expect(await receiver.handle(fresh.deliver({}, { id: "a" }))).toMatchObject({ status: 204 });
  expect(keys.refresh).toHaveBeenCalledExactlyOnceWith({ senderId: "sender", id: "a" });
  expect(notes).toEqual(["received", "handled"]);
});

test("a mismatch with fresh keys is final", async () => {
  const { receiver, notes } = setUp(source("fresh", old.publicKey));
  const answer = await receiver.handle(fresh.deliver());
  expect(answer).toMatchObject({ status: 401, body: '{"code":"signature_mismatch"}' });
  expect(answer.headers).not.toHaveProperty("retry-after");
  expect(notes).toEqual(["refused signature_mismatch 401"]);
});

test("a mismatch with keys that may be old is not final", async () => {
  const { receiver, notes } = setUp(source("throttled", old.publicKey));
  expect(await receiver.handle(fresh.deliver())).toMatchObject({
    status: 503,
    headers: { "retry-after": "30" },
    body: '{"code":"signature_mismatch"}',
  });
  expect(notes).toEqual(["refused signature_mismatch 503"]);
});

test("a refresh that fails gets 503", async () => {
  const error = new Error("down");
  for (const refresh of [
    () => Promise.reject(error),
    () => {
      throw error;
    },
  ]) {
    const { receiver, errors } = setUp(Object.assign(() => old.publicKey, { refresh }));
    expect(await receiver.handle(fresh.deliver())).toMatchObject({ status: 503, body: '{"code":"key_source"}' });
    expect(errors).toEqual([expect.objectContaining({ code: "key_source", cause: error })]);
  }
});

test("keys are refreshed only where another key could help", async () => {
  const keys = source("fresh", old.publicKey);
  const { receiver } = setUp(keys);
  const { headers, body, method } = fresh.deliver();
  for (const [name, value] of [
    ["webhook-timestamp", "1.5"],
    ["webhook-signature", "v1,abc"],
    ["webhook-id", "a.b"],
  ] as const) {
    await receiver.handle({ method, headers: { ...headers, [name]: value }, body });
  }
  expect(await receiver.handle(old.deliver())).toMatchObject({ status: 204 });
  expect(keys.refresh).not.toHaveBeenCalled();
});

test("the keys of a function that cannot refresh count as fresh", async () => {
  const { receiver } = setUp(() => old.publicKey);
  expect(await receiver.handle(fresh.deliver())).toMatchObject({ status: 401 });
});

test("a function that fails, or has no key yet, gets 503, and one that does not know the sender gets 401", async () => {
  for (const [keys, code] of [
    [() => Promise.reject(new Error("down")), "key_source"],
    [() => [], "key_source"],
    [() => [process.env.THIS_IS_UNSET], "key_source"],
  ] as const) {
    expect(await setUp(keys).receiver.handle(old.deliver())).toMatchObject({ status: 503, body: `{"code":"${code}"}` });
  }
  expect(await setUp(() => undefined).receiver.handle(old.deliver())).toMatchObject({
    status: 401,
    body: '{"code":"no_key"}',
  });
});

test("a thrown value that is no Error still gets 500", async () => {
  const now = () => {
    // oxlint-disable-next-line no-throw-literal -- what a function of a user may do
    throw "no";
  };
  const receiver = createReceiver({ keys: old.publicKey, store: memoryStore(), now, log: false });
  expect(await receiver.handle(old.deliver())).toMatchObject({ status: 500, body: '{"code":"internal"}' });
});
