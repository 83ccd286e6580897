import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import * as fc from "fast-check";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { node } from "../../src/adapters/node.ts";
import {
  ConfigurationError,
  createReceiver,
  type LogEntry,
  memoryStore,
  type Receiver,
  type ReceiverOptions,
} from "../../src/index.ts";
import { listen } from "../adapters/frameworks.ts";
import { createSigner } from "./support.ts";

const signer = createSigner();
let lines: string[];
/** Leaves out where an error was thrown, which is another place on each machine. */
const withoutPlace = (text: string) => text.replaceAll(/ at [^()\n]+\([^()\n]*\)\)$/gm, " at …)");
const guide = withoutPlace(readFileSync(join(import.meta.dirname, "../../../../docs/receiving.md"), "utf8"));

beforeEach(() => {
  lines = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(withoutPlace(line)));
});

const create = (options: Partial<ReceiverOptions> = {}) =>
  createReceiver({ keys: signer.publicKey, store: memoryStore(), ...options });
const deliver = () => signer.deliver({}, { id: "msg_1" });

describe("what used to fail in silence says one line", () => {
  async function sendThrough(middleware: RequestHandler, receiver: Receiver) {
    const app = express();
    app.use(middleware);
    app.post("/", node(receiver));
    await using server = await listen(createServer(app));
    return (await fetch(server.url, deliver())).status;
  }
  const RAW_BODY =
    '[mindbridge] 500 raw_body, webhook-id msg_1: A parser ran before the receiver, or the body was read before. Pass it as it came. NestJS: rawBody: true. Express: the route before express.json(), or express.raw({ type: "*/*" }). node:http: no setEncoding(). Fastify: parseAs: "buffer". Next: bodyParser: false. Hono: c.req.raw.';

  test("a parser before the receiver, as in NestJS by default", async () => {
    expect(await sendThrough(express.json(), create())).toBe(500);
    expect(lines).toEqual([RAW_BODY]);
    expect(guide).toContain(RAW_BODY);
  });

  test("a middleware that reads the body", async () => {
    const middleware: RequestHandler = (request, _response, next) => void request.resume().on("end", next);
    expect(await sendThrough(middleware, create())).toBe(500);
    expect(lines).toEqual([RAW_BODY]);

    const request = new Request("http://localhost", deliver());
    await request.text();
    expect((await create().fetch(request)).status).toBe(500);
    expect(lines).toEqual([RAW_BODY, RAW_BODY]);
  });

  test.each(["fetch", "handle"] as const)("a receiver whose %s is given to Express as a listener", async (name) => {
    const handler = vi.fn();
    const app = express().post("/", create().on("analysis.completed", handler)[name] as RequestHandler);
    await using server = await listen(createServer(app));
    const controller = new AbortController();
    const sent = fetch(server.url, { ...deliver(), signal: controller.signal }).catch(() => {});
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    controller.abort();
    await sent;
    expect(lines).toEqual([
      "[mindbridge] 503 configuration, webhook-id msg_1: In Express and node:http, use node(receiver): fetch and handle only return the answer.",
    ]);
    expect(handler).not.toHaveBeenCalled();
  });

  test("a handler that throws", async () => {
    const receiver = create().on("analysis.completed", function onCompleted() {
      throw new TypeError("analysis 1 of acme");
    });
    expect(await receiver.handle(deliver())).toMatchObject({ status: 500 });
    expect(lines).toEqual([
      "[mindbridge] 500 handler, webhook-id msg_1, type analysis.completed: The handler threw. The hook `failed` gets the error. (TypeError at …)",
    ]);
    expect(guide).toContain(lines[0]);
  });

  test("a handler that is refused a statement, also through a library for databases", async () => {
    const refused = new ConfigurationError("A handler must not begin or end a transaction.");
    const receiver = create().on("analysis.completed", function onCompleted() {
      throw new Error("Failed query: insert into people", { cause: refused });
    });
    await receiver.handle(deliver());
    expect(lines).toEqual([
      "[mindbridge] 500 handler, webhook-id msg_1, type analysis.completed: The handler threw. The hook `failed` gets the error. A handler must not begin or end a transaction. (Error at …)",
    ]);
  });

  test("a variable that is unset", () => {
    const message = "keys is undefined. The variable that should hold it is probably unset.";
    expect(() => create({ keys: process.env.THIS_IS_UNSET })).toThrow(message);
    expect(guide).toContain(message);
  });
});

const down = () => Promise.reject(Object.assign(new Error("redis://:password@host"), { code: "ECONNREFUSED" }));

const withoutTable = () => {
  const cause = Object.assign(new Error("no such table"), { code: "42P01" });
  return Promise.reject(new ConfigurationError("Call await store.setUp().", { cause }));
};

test.each<[string, Partial<ReceiverOptions>, Partial<ReturnType<typeof deliver>>, string]>([
  [
    "a store that is down",
    { store: { ...memoryStore(), claim: down } },
    deliver(),
    "503 store, webhook-id msg_1, type analysis.completed: The store failed. The hooks `refused` and `failed` get the error. (Error ECONNREFUSED at …)",
  ],
  [
    "a table that is missing",
    { store: { ...memoryStore(), claim: withoutTable } },
    deliver(),
    "503 store, webhook-id msg_1, type analysis.completed: Call await store.setUp(). (Error 42P01 at …)",
  ],
  [
    "a forged delivery",
    {},
    createSigner().deliver({}, { id: "msg_1" }),
    "401 signature_mismatch, webhook-id msg_1: No signature matches. Another webhook may have sent it. Pass the body as it came and the publicKey of the webhook, or see diagnose().",
  ],
  [
    "a request without the headers",
    {},
    { headers: {} },
    "400 missing_header: The webhook-id header is missing, so nobody can verify the delivery. Pass on all headers, and keep them.",
  ],
  [
    "a delivery that is too old",
    { now: () => Math.ceil(Date.now() / 1000) * 1000 + 600_000 },
    deliver(),
    "503 too_old, webhook-id msg_1: The delivery is … s older than tolerance allows. Check the clock of the machine that receives.",
  ],
  [
    "keys that are not there yet",
    { keys: async () => [process.env.THIS_IS_UNSET] },
    deliver(),
    "503 key_source, webhook-id msg_1: The keys function gave no key. Item 1 of keys is undefined. The variable that should hold it is probably unset. (ConfigurationError configuration at …)",
  ],
  [
    "an option that throws",
    {
      now() {
        throw new Error("no");
      },
    },
    deliver(),
    "500 internal, webhook-id msg_1: An option threw. The hook `refused` gets the error. (Error at …)",
  ],
])("%s says one line", async (_what, options, delivery, line) => {
  const receiver = create(options).on("analysis.completed", () => {});
  await receiver.handle({ ...deliver(), ...delivery });
  expect(lines.map((each) => each.replace(/is \d+ s/, "is … s"))).toEqual([`[mindbridge] ${line}`]);
});

test("the normal run of things says nothing", async () => {
  const receiver = create().on("analysis.completed", () => {});
  await receiver.handle({ ...deliver(), method: "GET" });
  await receiver.handle(deliver());
  await receiver.handle(deliver());
  const held = create({ store: { ...memoryStore(), claim: async () => ({ status: "held" }) } });
  await held.on("analysis.completed", () => {}).handle(deliver());
  await receiver.close();
  await receiver.handle(deliver());
  expect(lines).toEqual([]);
});

test("a type that no handler listens to says one line, once", async () => {
  const receiver = create().on("analysis.failed", () => {});
  for (const type of ["analysis.completed", "analysis.completed", "a", "analysis.completed", "a"]) {
    expect(await receiver.handle(signer.deliver({ type }, { id: "msg_1" }))).toMatchObject({ status: 204 });
  }
  const line = (type: string) =>
    `[mindbridge] ignored, webhook-id msg_1, type ${type}: No handler listens to this type, so the delivery is dropped. Add on or onUnknown. The hook \`ignored\` replaces this line.`;
  expect(lines).toEqual([line("analysis.completed"), line("a")]);
  expect(guide).toContain(lines[0]);

  await create({ hooks: { ignored: () => {} } })
    .on("analysis.failed", () => {})
    .handle(deliver());
  await create()
    .onUnknown(() => {})
    .handle(signer.deliver({ type: "a" }));
  expect(lines).toHaveLength(2);
});

test("if many types have no handler, each gets its line after a while", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const receiver = create().on("analysis.failed", () => {});
  const send = async () => {
    for (const type of ["a", "b", "c", "d", "e", "f", "g"]) await receiver.handle(signer.deliver({ type }));
  };
  await send();
  expect(lines).toHaveLength(5);
  vi.advanceTimersByTime(60_000);
  await send();
  expect(lines.slice(5).map((line) => /type (\w)/.exec(line)?.[1])).toEqual(["f", "g"]);
});

test("if a hook is there for it, nothing is written", async () => {
  const fails = () => {
    throw new Error("no");
  };
  const refused = create({ hooks: { refused: () => {} } }).on("analysis.completed", fails);
  await refused.handle({ ...deliver(), headers: {} });
  expect(lines).toEqual([]);
  await refused.handle(deliver());
  expect(lines).toEqual([expect.stringContaining("500 handler")]);
  await create({ hooks: { failed: () => {} } })
    .on("analysis.completed", fails)
    .handle(deliver());
  const late = create({ hooks: { clockSkew: () => {} }, now: () => 0 });
  await late.handle(deliver());
  expect(lines).toHaveLength(1);
});

test("log: false writes nothing", async () => {
  await create({ log: false }).handle({ ...deliver(), headers: {} });
  expect(lines).toEqual([]);
});

test("a log of your own gets the line and what is in it", async () => {
  const entries: LogEntry[] = [];
  const log = (entry: LogEntry) => void entries.push(entry);
  const receiver = create({ log }).on("analysis.completed", () => Promise.reject(new Error("no")));
  await receiver.handle(deliver());
  await receiver.handle({ ...deliver(), headers: { "webhook-id": "msg_2" } });
  const line = expect.stringMatching(/^\[mindbridge\] [45]00 \w+, webhook-id msg_/);
  expect(entries).toEqual([
    { line, code: "handler", status: 500, id: "msg_1", type: "analysis.completed", omitted: 0 },
    { line, code: "missing_header", status: 400, id: "msg_2", type: undefined, omitted: 0 },
  ]);
  expect(lines).toEqual([]);
});

test.each(["throws", "rejects"])("a hook that %s says one line, and a log that does loses nothing", async (how) => {
  const fails = () => {
    if (how === "throws") throw new Error("no");
    return Promise.reject(new Error("no"));
  };
  const hooks = { received: fails, refused: fails, handled: fails };
  const hooked = create({ hooks }).on("analysis.completed", () => {});
  expect(await hooked.handle(deliver())).toMatchObject({ status: 204 });
  expect(await hooked.handle({ ...deliver(), headers: {} })).toMatchObject({ status: 400 });
  await new Promise(setImmediate);
  expect(lines.map((line) => line.replace(/ \(Error at.*/, ""))).toEqual([
    "[mindbridge] hook, webhook-id msg_1, type analysis.completed: The hook `received` threw. The delivery is not affected.",
    "[mindbridge] hook, webhook-id msg_1, type analysis.completed: The hook `handled` threw. The delivery is not affected.",
    "[mindbridge] hook: The hook `refused` threw. The delivery is not affected.",
  ]);

  const failed = create({ log: fails }).on("analysis.completed", () => Promise.reject(new Error("no")));
  expect(await failed.handle(deliver())).toMatchObject({ status: 500 });
});

test.each(["throws", "rejects"])(
  "where a log %s, console.error gets its line, and no more lines than the log",
  async (how) => {
    const log = () => {
      if (how === "throws") throw new Error("no");
      return Promise.reject(new Error("no"));
    };
    const receiver = create({ log }).on("analysis.completed", () => {});
    for (let sent = 0; sent < 7; sent++) await receiver.handle({ ...deliver(), headers: {} });
    await new Promise(setImmediate);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^\[mindbridge\] 400 missing_header: .* The option log threw\.$/);
  },
);

test.each([
  ["log is false or a function.", { log: true }],
  ["log is false or a function.", { log: null }],
  ["log is false or a function.", { log: console }],
  ["hooks is an object with functions.", { hooks: null }],
])("%s Else no receiver is created: %j", (message, options) => {
  expect(() => create(options as never)).toThrow(expect.objectContaining({ code: "configuration", message }));
});

const throwing = (name: string) =>
  Object.defineProperty(new Error("no"), name, {
    get: () => {
      throw new Error("a getter");
    },
  });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

test.each<[string, unknown]>([
  ["whose stack throws", throwing("stack")],
  ["whose message throws", throwing("message")],
  ["whose name throws", throwing("name")],
  ["that is a revoked Proxy", revoked()],
  ["whose message cannot become text", Object.assign(new Error("no"), { message: Object.create(null) })],
])("an error %s loses its details, and not its line", async (_what, error) => {
  const receiver = create().on("analysis.completed", () => Promise.reject(error));
  expect(await receiver.handle(deliver())).toMatchObject({ status: 500 });
  const now = () => {
    throw error;
  };
  expect(await create({ now }).handle(deliver())).toMatchObject({ status: 500 });
  expect(lines).toEqual([
    "[mindbridge] 500 handler, webhook-id msg_1, type analysis.completed: The handler threw. The hook `failed` gets the error.",
    "[mindbridge] 500 internal, webhook-id msg_1: An option threw. The hook `refused` gets the error.",
  ]);
});

test("a worker answers nobody, so its line has no status", async () => {
  const job = { id: "msg_1", attemptedAt: "2026-01-01T00:00:00Z", known: true, type: "analysis.completed", data: {} };
  const receiver = create().on("analysis.completed", () => {});
  await receiver.handleQueued(job as never, { signal: AbortSignal.abort() }).catch(() => {});
  const failing = create().on("analysis.completed", () => Promise.reject(new Error("no")));
  await failing.handleQueued(job as never).catch(() => {});
  expect(lines).toEqual([
    expect.stringMatching(/^\[mindbridge\] handler, webhook-id msg_1, type analysis\.completed: The handler threw\./),
  ]);
});

test("each code gets five lines a minute, and the next one says how many were left out", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const receiver = create();
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent++) await receiver.handle({ ...deliver(), headers: {} });
  };
  const said = () => lines.splice(0).map((line) => line.replace(/.* keep them\.\s?/, ""));
  await send(1_000);
  expect(said()).toEqual(["", "", "", "", "More lines with this code are left out for a minute."]);
  // Another code has lines of its own.
  await receiver.handle(createSigner().deliver());
  expect(lines.splice(0)).toEqual([expect.stringContaining("401 signature_mismatch")]);
  vi.advanceTimersByTime(59_999);
  await send(1);
  expect(said()).toEqual([]);
  vi.advanceTimersByTime(1);
  await send(2);
  expect(said()).toEqual(["996 lines with this code were left out before.", ""]);
  vi.advanceTimersByTime(60_000);
  await send(1);
  expect(said()).toEqual([""]);
});

const hostile = ["a\nb", "a\r\n[mindbridge] 200", "\u001b[2J", "a b", "\u009b2J", "\u202e", "\u2028", "x".repeat(257)];

test("nothing that a sender chooses ends a line, or reaches a terminal", async () => {
  let text = "";
  const failing = () => Promise.reject(Object.assign(new Error(text), { name: text, code: text }));
  const receiver = create().onUnknown(failing);
  for (text of hostile) {
    await receiver.handle({ ...deliver(), headers: { "webhook-id": text } });
    await receiver.handle(signer.deliver({ type: text }));
  }
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    // The places of errors are cut off above.
    expect(line.replace("…", "")).toMatch(/^[ -~]+$/);
    expect(line).not.toMatch(/2J|a b|x{257}/);
  }
});

test("no line holds a payload, a header but the id, a key, or the message of an error", async () => {
  const secret = fc
    .string({ minLength: 12, maxLength: 80, unit: "grapheme" })
    .filter((text) => text.trim().length > 11);
  const property = fc.asyncProperty(secret, secret, async (payload, message) => {
    const entries: LogEntry[] = [];
    const log = (entry: LogEntry) => void entries.push(entry);
    const failing = () => Promise.reject(new Error(message));
    const hooks = { handled: failing };
    const key = `whpk_${payload}`;
    const good = create({ log, hooks }).on("analysis.completed", () => {});
    const headers = { ...signer.deliver().headers, "webhook-signature": `v1a,${payload}`, authorization: payload };
    const data = { analysisId: payload };
    await good.handle(signer.deliver({ data, tenantId: payload }));
    await good.handle({ ...deliver(), headers });
    await good.handle({ ...deliver(), body: payload });
    await create({ log }).on("analysis.completed", failing).handle(signer.deliver({ data }));
    await create({ log, store: { ...memoryStore(), claim: failing } })
      .on("analysis.completed", () => {})
      .handle(signer.deliver({ data }));
    await create({ log, keys: failing }).handle(signer.deliver({ data }));
    await create({ log, keys: () => key }).handle(signer.deliver({ data }));
    await new Promise(setImmediate);
    expect(entries).toHaveLength(7);
    for (const { line } of entries) {
      for (const text of [payload, message, signer.publicKey]) expect(line).not.toContain(text);
    }
    expect(() => create({ keys: key })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(payload) }),
    );
  });
  await fc.assert(property, { numRuns: 25 });
});
