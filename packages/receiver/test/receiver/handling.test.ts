import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
import { expect, test, vi } from "vitest";
import { createReceiver, type Delivery, memoryStore, type Store } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();
const TAKEN = { status: 204, headers: {}, body: "" };

function setUp(options: Partial<Parameters<typeof createReceiver>[0]> = {}) {
  const { hooks, notes, errors } = noting();
  const store = memoryStore();
  return { receiver: createReceiver({ keys: signer.publicKey, store, hooks, ...options }), store, notes, errors };
}

test("a delivery goes to the handler of its type, once", async () => {
  const { receiver, notes } = setUp();
  const handler = vi.fn<(delivery: Delivery) => void>();
  receiver.on("analysis.completed", handler);
  const delivery = signer.deliver();
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(handler).toHaveBeenCalledOnce();
  expect(handler.mock.calls[0]?.[0]).toMatchObject({
    known: true,
    type: "analysis.completed",
    data: { analysisId: "1" },
  });
  expect(notes).toEqual(["received", "handled", "received", "duplicate"]);
});

test("a delivery of the same id from another sender is another delivery", async () => {
  const { receiver, notes } = setUp();
  receiver.onUnknown(() => {});
  for (const [senderId, id] of [
    ["a", "b"],
    ["b", "a"],
    ["", "b"],
    ["a.b", "c"],
    ["a", "c"],
  ]) {
    await receiver.handle(signer.deliver({ type: "new", senderId }, { id: id ?? "" }));
  }
  expect(notes.filter((note) => note === "handled")).toHaveLength(5);
});

test("an unlisted type goes to the handler of its name, else to the handler of all others", async () => {
  const { receiver } = setUp();
  const seen: string[] = [];
  receiver
    .on("analysis.failed", () => seen.push("on"))
    .onUnknown("engagement.created", ({ type }) => seen.push(`named ${type}`))
    .onUnknown(({ type }) => seen.push(`others ${type}`));
  for (const type of ["analysis.failed", "engagement.created", "engagement.deleted", undefined]) {
    await receiver.handle(signer.deliver({ type }));
  }
  expect(seen).toEqual(["on", "named engagement.created", "others engagement.deleted", "others "]);
});

test("a type that onUnknown names still arrives there when the contract lists it", async () => {
  const { receiver } = setUp();
  const handler = vi.fn<(delivery: Delivery) => void>();
  receiver.onUnknown("analysis.completed", handler).onUnknown(() => expect.unreachable());
  await receiver.handle(signer.deliver());
  expect(handler.mock.calls[0]?.[0]).toMatchObject({ known: false, type: "analysis.completed" });
});

test("a delivery without a handler is not claimed", async () => {
  const store = { ...memoryStore(), claim: vi.fn<Store["claim"]>() };
  const { receiver, notes } = setUp({ store });
  receiver.on("analysis.failed", () => {});
  expect(await receiver.handle(signer.deliver())).toEqual(TAKEN);
  expect(await receiver.handle(signer.deliver({ type: "new" }))).toEqual(TAKEN);
  expect(store.claim).not.toHaveBeenCalled();
  expect(notes).toEqual(["received", "ignored", "received", "ignored"]);
});

test("a second handler for the same is refused", () => {
  const handler = () => {};
  const { receiver } = setUp();
  receiver.on("analysis.failed", handler).onUnknown("a", handler).onUnknown(handler);
  for (const again of [
    () => receiver.on("analysis.failed", handler),
    () => receiver.onUnknown("a", handler),
    () => receiver.onUnknown(handler),
    () => setUp().receiver.enqueue(handler).enqueue(handler),
  ]) {
    expect(again).toThrow(expect.objectContaining({ code: "configuration" }));
  }
});

test("a type that the contract does not list, and what is no function, are refused when they are registered", () => {
  const { receiver } = setUp();
  const untyped = receiver as unknown as Record<
    "enqueue" | "on" | "onUnknown" | "use",
    (...given: unknown[]) => unknown
  >;
  const configuration = (message: string) => expect.objectContaining({ code: "configuration", message });
  expect(() => untyped.on("analysis.complete", () => {})).toThrow(
    configuration(
      `The contract does not list "analysis.complete". It lists ${DELIVERY_TYPES.join(", ")}. For another type, call onUnknown.`,
    ),
  );
  for (const [what, register] of [
    ['The handler of on("analysis.completed")', () => untyped.on("analysis.completed")],
    ['The handler of onUnknown("a")', () => untyped.onUnknown("a", null)],
    ["The handler of enqueue()", () => untyped.enqueue({})],
    ["What use() is given", () => untyped.use()],
  ] as const) {
    expect(register).toThrow(configuration(`${what} must be a function.`));
  }
  receiver.on("analysis.completed", () => {});
  expect(() => receiver.on("analysis.completed", () => {})).toThrow(
    configuration('on("analysis.completed") has a handler already.'),
  );
});

test("a receiver without any handler takes no delivery, so that none is lost", async () => {
  const { receiver, notes, errors } = setUp();
  const delivery = signer.deliver();
  expect(await receiver.handle(delivery)).toMatchObject({ status: 503, body: '{"code":"configuration"}' });
  expect(notes).toEqual(["received", "refused configuration 503"]);
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("There are no handlers.") })]);
  expect(
    await createReceiver({ keys: signer.publicKey, store: memoryStore(), log: false }).recover(delivery),
  ).toMatchObject({
    outcome: "refused",
    code: "configuration",
    retryable: true,
  });
  receiver.on("analysis.completed", () => {});
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
});

test.each([undefined, null, "text", []])(
  "where on listens to a type, a delivery of it with data %j is not lost",
  async (data) => {
    const { receiver, notes } = setUp();
    receiver.on("analysis.completed", () => expect.unreachable());
    const delivery = signer.deliver({ data });
    expect(await receiver.handle(delivery)).toMatchObject({ status: 500, body: '{"code":"malformed_data"}' });
    expect(await receiver.handle(signer.deliver({ type: "analysis.failed", data }))).toEqual(TAKEN);
    const others = vi.fn<() => void>();
    receiver.onUnknown(others);
    expect(await receiver.handle(delivery)).toEqual(TAKEN);
    expect(others).toHaveBeenCalledOnce();
    expect(notes).toEqual(["received", "refused malformed_data 500", "received", "ignored", "received", "handled"]);
  },
);

test("handle and recover never reject, even if they are given nothing", async () => {
  const { receiver } = setUp();
  expect(await receiver.handle(undefined as never)).toMatchObject({ status: 500, body: '{"code":"internal"}' });
  expect(await receiver.recover(undefined as never)).toMatchObject({ outcome: "refused", code: "missing_body" });
});

test("enqueue answers when put has returned, whatever the type", async () => {
  const { receiver, notes } = setUp();
  const queued: string[] = [];
  const written = deferred();
  receiver.enqueue(async ({ id }) => {
    await written.promise;
    queued.push(id);
  });
  const answers = [
    receiver.handle(signer.deliver({}, { id: "a" })),
    receiver.handle(signer.deliver({ type: "b" }, { id: "b" })),
  ];
  await vi.waitUntil(() => notes.length === 2);
  expect(queued).toEqual([]);
  written.resolve();
  expect(await Promise.all(answers)).toEqual([TAKEN, TAKEN]);
  expect(queued.sort()).toEqual(["a", "b"]);
});

test("a handler that throws gets 500, and the delivery is handled when it is sent again", async () => {
  const { receiver, notes, errors } = setUp();
  const error = new Error("no");
  const handler = vi.fn<() => void>().mockImplementationOnce(() => {
    throw error;
  });
  receiver.on("analysis.completed", handler);
  const delivery = signer.deliver();
  expect(await receiver.handle(delivery)).toEqual({
    status: 500,
    headers: { "content-type": "application/json" },
    body: '{"code":"handler"}',
  });
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(notes).toEqual(["received", "failed handler 500", "received", "handled"]);
  expect(errors).toEqual([error]);
});

test("a delivery that is being handled is held", async () => {
  const { receiver, notes } = setUp({ retryAfter: 7 });
  const end = deferred();
  receiver.on("analysis.completed", () => end.promise);
  const delivery = signer.deliver();
  const first = receiver.handle(delivery);
  await vi.waitUntil(() => notes.length === 1);
  expect(await receiver.handle(delivery)).toEqual({
    status: 503,
    headers: { "content-type": "application/json", "retry-after": "7" },
    body: '{"code":"held"}',
  });
  end.resolve();
  expect(await first).toEqual(TAKEN);
});

test("a mark is tried again where the store throws in place of rejecting", async () => {
  const store = memoryStore();
  const done = vi.fn<Store["done"]>(store.done).mockImplementationOnce(() => {
    throw new Error("down");
  });
  const { receiver, notes } = setUp({ store: { ...store, done }, lease: 1_000 });
  receiver.on("analysis.completed", () => {});
  expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 204 });
  expect(notes).toEqual(["received", "handled"]);
  expect(done).toHaveBeenCalledTimes(2);
});

test("a store may answer with what only has `then`", async () => {
  const store = memoryStore();
  // As the queries of some libraries are.
  const query = <Answer>(answer: Answer) =>
    new Proxy(Promise.resolve(answer), {
      get: (promise, name) => (name === "then" ? promise.then.bind(promise) : undefined),
    });
  const { receiver, notes } = setUp({
    store: {
      ...store,
      claim: (...args) => query(store.claim(...args)),
      done: (...args) => query(store.done(...args)),
    },
  });
  receiver.on("analysis.completed", () => {});
  expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 204 });
  expect(notes).toEqual(["received", "handled"]);
});

test("a delivery that waits neither for its store nor for its handler starts no timer", async () => {
  const start = vi.spyOn(globalThis, "setTimeout");
  const { receiver, notes } = setUp({});
  receiver.on("analysis.completed", () => {});
  await receiver.handle(signer.deliver());
  expect(notes).toEqual(["received", "handled"]);
  expect(start).not.toHaveBeenCalled();
});

test("a store that is down gets 503, whether at the claim or at the mark", async () => {
  const error = new Error("down");
  const down = () => Promise.reject(error);
  const throwing = () => {
    throw error;
  };
  for (const [store, hook] of [
    [{ claim: down }, "refused"],
    [{ claim: throwing }, "refused"],
    [{ done: down }, "failed"],
    [{ transaction: down }, "failed"],
  ] as const) {
    const { receiver, notes, errors } = setUp({ store: { ...memoryStore(), ...store }, lease: 1_000 });
    receiver.on("analysis.completed", () => {});
    expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 503, body: '{"code":"store"}' });
    expect(notes).toEqual(["received", `${hook} store 503`]);
    expect(errors).toEqual([error]);
  }
});

test("a handler whose claim cannot be released still gets 500", async () => {
  const { receiver } = setUp({ store: { ...memoryStore(), release: () => Promise.reject(new Error("down")) } });
  receiver.on("analysis.completed", () => Promise.reject(new Error("no")));
  expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 500 });
});

test.each([
  [new Response(null, { status: 500 }), 500],
  [Promise.resolve(new Response("no", { status: 404 })), 500],
  [new Response("yes"), 204],
  [{ status: 500 }, 204],
  [false, 204],
])("what a handler returns is not looked at, except for a Response that is not ok (%#)", async (returned, status) => {
  const { receiver, errors } = setUp({});
  receiver.on("analysis.completed", () => returned);
  expect(await receiver.handle(signer.deliver())).toMatchObject({ status });
  const error = expect.objectContaining({ message: expect.stringContaining("The handler returned a Response") });
  expect(errors).toEqual(status === 500 ? [error] : []);
});

test("a store with transactions gets the handler's work and the mark in one", async () => {
  const plain = memoryStore();
  const log: string[] = [];
  const store: Store<string[]> = {
    ...plain,
    done: () => expect.unreachable(),
    async transaction(id, token, work) {
      const effects: string[] = [];
      await work(effects);
      if (!(await plain.done(id, token))) return false;
      log.push(...effects);
      return true;
    },
  };
  const { hooks, notes } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store, hooks });
  let fails = true;
  receiver.on("analysis.completed", (_delivery, { transaction }) => {
    transaction.push("effect");
    if (fails) throw new Error("no");
  });
  const delivery = signer.deliver();
  expect(await receiver.handle(delivery)).toMatchObject({ status: 500 });
  expect(log).toEqual([]);
  fails = false;
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(log).toEqual(["effect"]);
  expect(notes.filter((note) => note !== "received")).toEqual(["failed handler 500", "handled", "duplicate"]);
});

test("a mark that comes too late gets 503", async () => {
  for (const store of [{ done: async () => false }, { transaction: async () => false }]) {
    const { receiver, notes, errors } = setUp({ store: { ...memoryStore(), ...store } });
    receiver.on("analysis.completed", () => {});
    expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 503, body: '{"code":"lease_lost"}' });
    expect(notes).toEqual(["received", "failed lease_lost 503"]);
    expect(errors).toEqual([expect.objectContaining({ name: "InterruptedError", code: "lease_lost" })]);
  }
});

test("hooks that throw, reject or never settle change nothing", async () => {
  const hooks = {
    received: () => {
      throw new Error("no");
    },
    handled: () => Promise.reject(new Error("no")),
    duplicate: () => new Promise(() => {}),
  };
  const { receiver } = setUp({ hooks, log: false });
  receiver.on("analysis.completed", () => {});
  const delivery = signer.deliver();
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
  expect(await receiver.handle(delivery)).toEqual(TAKEN);
});

test("handled says how long it took, in milliseconds", async () => {
  let duration: number | undefined;
  const { receiver } = setUp({ hooks: { handled: (info) => (duration = info.duration) } });
  receiver.on("analysis.completed", () => new Promise((resolve) => setTimeout(resolve, 20)));
  await receiver.handle(signer.deliver());
  expect(duration).toBeGreaterThan(15);
  expect(duration).toBeLessThan(5_000);
});
