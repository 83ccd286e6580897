import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { safeCause } from "../../src/cause.ts";
import { type AttemptInfo, MindBridge, MindBridgeError } from "../../src/index.ts";
import { holdersOf } from "../behaviour/holders.ts";

const token = "s3cr3t.t/ken+1=";

/** Whatever a program may print of a value. */
function printed(value: unknown): string {
  return [
    inspect(value),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    format("%o %O %j %s", value, value, value, value),
    (value as Error).stack,
  ].join("\n");
}

/** The error that a call ends with, and what `onAttempt` is told. */
async function failed(options: object): Promise<[MindBridgeError, AttemptInfo[]]> {
  const infos: AttemptInfo[] = [];
  const onAttempt = (info: AttemptInfo) => infos.push(info);
  const mindbridge = new MindBridge({ tenant: "acme", token, maxRetries: 0, onAttempt, ...options });
  const error = await mindbridge.webhooks.get("1").catch((thrown: unknown) => thrown);
  if (!(error instanceof MindBridgeError)) throw error;
  return [error, infos];
}

test.each(holdersOf(token))("$what that fetch throws is printed without the token", async ({ holder }) => {
  const [error, infos] = await failed({ fetch: () => Promise.reject(holder) });
  expect(error.code).toBe("connection");
  expect(infos).toHaveLength(1);
  for (const value of [error, ...infos]) expect(printed(value)).not.toContain(token);
  expect(JSON.stringify([error, ...infos])).not.toContain(token);
});

test.each(holdersOf(token))("$what that a token function throws is printed without the token", async ({ holder }) => {
  // A token that the call has used is known to it; this function throws when it is asked for the second time.
  let asked = 0;
  const source = () => (asked++ === 0 ? token : Promise.reject(holder));
  const fetch = async () => new Response("", { status: 500 });
  const [error, infos] = await failed({ token: source, fetch, maxRetries: 1, maxRetryWait: 0 });
  expect(error.code).toBe("configuration");
  for (const value of [error, ...infos]) expect(printed(value)).not.toContain(token);
});

test.each(holdersOf(token))("$what as the reason of an abort is printed without the token", async ({ holder }) => {
  const controller = new AbortController();
  const fetch = () => {
    controller.abort(holder);
    return new Promise<never>(() => {});
  };
  const mindbridge = new MindBridge({ tenant: "acme", token, fetch });
  const error = await mindbridge.webhooks.get("1", { signal: controller.signal }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "abort" });
  expect(printed(error)).not.toContain(token);
});

test("an error keeps the name, code, message, stack and causes of its cause, and nothing else", () => {
  const inner = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", address: "127.0.0.1" });
  const outer = Object.assign(new TypeError("fetch failed", { cause: inner }), { request: { headers: {} } });
  const kept = safeCause(outer, [token]) as Error & { cause: Error };
  expect(kept).toBeInstanceOf(Error);
  expect(kept).toMatchObject({ name: "TypeError", message: "fetch failed", stack: outer.stack });
  expect(kept.cause).toBeInstanceOf(Error);
  expect(kept.cause).toMatchObject({ name: "Error", message: inner.message, code: "ECONNREFUSED", stack: inner.stack });
  expect(new Set(Reflect.ownKeys(kept))).toEqual(new Set(["cause", "message", "name", "stack"]));
  expect(new Set(Reflect.ownKeys(kept.cause))).toEqual(new Set(["code", "message", "name", "stack"]));
});

test("a token in a message is redacted, and the stack is that of the cause", () => {
  const cause = new RangeError(`not ${token}`);
  const kept = safeCause(cause, [token]) as Error;
  expect(kept.message).toBe("not [redacted]");
  expect(kept.stack).toBe(cause.stack?.replaceAll(token, "[redacted]"));
});

test("plain data is kept, and a token in it is redacted", () => {
  for (const cause of [null, 0, false, "text", [1, { a: ["b"] }]]) expect(safeCause(cause, [token])).toEqual(cause);
  expect(safeCause({ [token]: [token] }, [token])).toEqual({ "[redacted]": ["[redacted]"] });
});

test("what is neither an error nor JSON is an error that says so", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  for (const cause of [1n, circle, Symbol(token), () => token]) {
    expect(safeCause(cause, [token])).toEqual(new Error("The cause is neither an error nor JSON."));
  }
});

test("causes of causes end, also where they go round", () => {
  const circle: Error = new Error("round");
  circle.cause = circle;
  let depth = 0;
  for (let at: unknown = safeCause(circle, [token]); at instanceof Error; at = at.cause) depth++;
  expect(depth).toBe(6);
});

test("an error of another realm counts as one, and a connection that was never made is recognised", async () => {
  const { runInNewContext } = await import("node:vm");
  const refused: unknown = runInNewContext(
    'Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) })',
  );
  const [error] = await failed({ fetch: () => Promise.reject(refused) });
  expect(error).toMatchObject({ outcome: "not-sent", cause: { message: "fetch failed", cause: { message: "no" } } });
  expect(error.cause).toBeInstanceOf(Error);
});
