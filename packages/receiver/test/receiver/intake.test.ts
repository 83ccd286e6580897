import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { createReceiver, type KeyFunction, memoryStore } from "../../src/index.ts";
import { createSigner, noting } from "./support.ts";

const MIB = 1_048_576;
const signer = createSigner();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** How many bytes of memory hold bytes now. */
function bytesHeld(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

function setUp(options: Partial<Parameters<typeof createReceiver>[0]> = {}) {
  const { hooks, notes, errors } = noting();
  const receiver = createReceiver({
    keys: signer.publicKey,
    store: memoryStore(),
    hooks,
    maxPendingBytes: 8 * MIB,
    ...options,
  }).onUnknown(() => {});
  return { receiver, notes, errors };
}

/** A body that begins with these chunks, and never ends. */
const endless = (chunks: () => Uint8Array[]) => async (take: (chunk: Uint8Array) => boolean) => {
  for (const chunk of chunks()) if (!take(chunk)) return;
  await new Promise(() => {});
};

/** A body of one chunk. */
const inOne = (chunk: Uint8Array) => async (take: (chunk: Uint8Array) => boolean) => void take(chunk);

test.each([
  ["small parts of large buffers", () => [new Uint8Array(MIB).subarray(0, 1_000)]],
  ["buffers that have grown beyond what came", () => [new Uint8Array(270_000), new Uint8Array(270_000)]],
  ["whole buffers", () => [new Uint8Array(MIB)]],
])("bodies count by the memory that holds them: %s", async (_what, chunks) => {
  const { receiver } = setUp();
  const before = bytesHeld();
  for (let count = 0; count < 64; count++) {
    void receiver.handle({ ...signer.deliver(), body: endless(chunks) });
    await new Promise(setImmediate);
  }
  // A collector frees them later than it is asked to.
  await expect.poll(() => bytesHeld() - before).toBeLessThan(10 * MIB);
});

test("a body counts twice while it is verified, since that makes a copy", async () => {
  const { receiver, notes } = setUp({ keys: () => new Promise<string>(() => {}) });
  const before = bytesHeld();
  for (let count = 0; count < 32; count++) {
    void receiver.handle({ ...signer.deliver(), body: inOne(new Uint8Array(MIB)) });
    await new Promise(setImmediate);
  }
  // A collector frees them later than it is asked to.
  await expect.poll(() => bytesHeld() - before).toBeLessThan(10 * MIB);
  // Four of 2 MiB each are still there.
  await expect.poll(() => notes.filter((note) => note === "refused overloaded 503")).toHaveLength(28);
});

test("a key function that hangs for one sender turns no other sender away", async () => {
  const asked: AbortSignal[] = [];
  const keys: KeyFunction = ({ senderId }, { signal }) => {
    if (senderId !== "slow") return signer.publicKey;
    if (signal) asked.push(signal);
    return new Promise<string>(() => {});
  };
  const { receiver, notes, errors } = setUp({ keys, keyTimeout: 200 });
  const strange = { ...signer.deliver(), body: `{"senderId":"slow","data":"${"a".repeat(MIB - 100)}"}` };
  const bytes = new TextEncoder().encode(strange.body);
  const answers = Array.from({ length: 40 }, () => receiver.handle({ ...strange, body: inOne(bytes) }));
  await vi.waitUntil(() => asked.length > 0);
  for (let count = 0; count < 10; count++) {
    const { body, ...honest } = signer.deliver({ type: "new", data: "a".repeat(200_000) });
    const answer = await receiver.handle({ ...honest, body: inOne(new TextEncoder().encode(body)) });
    expect(answer).toMatchObject({ status: 204 });
  }
  // Those that have not made room end when the time is up.
  const codes = (await Promise.all(answers)).map(({ status, body }) => `${status} ${body}`);
  expect(new Set(codes)).toEqual(new Set(['503 {"code":"overloaded"}', '503 {"code":"key_source"}']));
  expect(asked.every((signal) => signal.aborted)).toBe(true);
  expect(notes.filter((note) => note === "handled")).toHaveLength(10);
  expect(errors.map((error) => (error as Error).cause)).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining("keyTimeout: the key function took longer than 200 ms"),
    }),
  );
});

test("a refresh that takes too long gets 503, too", async () => {
  const keys = Object.assign(() => createSigner().publicKey, { refresh: () => new Promise<"fresh">(() => {}) });
  const { receiver } = setUp({ keys, keyTimeout: 20 });
  expect(await receiver.handle(signer.deliver())).toMatchObject({ status: 503, body: '{"code":"key_source"}' });
});

test.each([1, MIB])("a body of %s bytes that finds no room gets 503", async (length) => {
  const { receiver, notes } = setUp({ maxPendingBytes: 0 });
  const headers = { ...signer.deliver().headers, "content-length": `${length}` };
  const body = new Uint8Array(length);
  const response = await receiver.fetch(new Request("http://localhost", { method: "POST", headers, body }));
  expect([response.status, response.headers.get("connection")]).toEqual([503, "close"]);
  expect(notes).toEqual(["refused overloaded 503"]);
});

test("a signal that is aborted ends the wait for a body, and for its keys", async () => {
  for (const options of [{}, { keys: () => new Promise<string>(() => {}) }]) {
    const { receiver, errors } = setUp(options);
    const controller = new AbortController();
    const reading = "keys" in options ? {} : { body: endless(() => []) };
    const answer = receiver.handle({ ...signer.deliver(), ...reading, signal: controller.signal });
    const reason = new Error("enough");
    await new Promise(setImmediate);
    controller.abort(reason);
    expect(await answer).toMatchObject({ status: 503, body: '{"code":"aborted"}' });
    expect(errors).toEqual([reason]);
  }
});
