import { expect, test, vi } from "vitest";
import { createReceiver, type Delivery, memoryStore } from "../../src/index.ts";
import { createSigner, deferred, noting } from "./support.ts";

const signer = createSigner();
const YEAR = 31_536_000_000;

/** A receiver whose clock is a year ahead of the signer's. */
function setUp(options: Partial<Parameters<typeof createReceiver>[0]> = {}) {
  const { hooks, notes } = noting();
  const handler = vi.fn<(delivery: Delivery) => unknown>();
  const now = () => Date.now() + YEAR;
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), hooks, now, ...options });
  return { receiver: receiver.on("analysis.completed", handler), handler, notes };
}

test("recover handles a delivery that is too old to be received, once", async () => {
  const { receiver, handler, notes } = setUp();
  const kept = signer.deliver({}, { id: "a" });
  expect(await receiver.handle(kept)).toMatchObject({ status: 503, body: '{"code":"too_old"}' });
  expect(await receiver.recover(kept)).toMatchObject({ outcome: "recovered", delivery: { id: "a" } });
  expect(await receiver.recover(kept)).toMatchObject({ outcome: "already-handled", delivery: { id: "a" } });
  expect(handler).toHaveBeenCalledOnce();
  expect(notes).toEqual(["refused too_old 503", "received", "handled", "received", "duplicate"]);
});

test("recover does not handle again what was handled in time", async () => {
  const { receiver, handler } = setUp({ now: Date.now });
  const kept = signer.deliver();
  await receiver.handle(kept);
  expect(await receiver.recover(kept)).toMatchObject({ outcome: "already-handled" });
  expect(handler).toHaveBeenCalledOnce();
});

test("a delivery that is being handled is held, and one that failed can be recovered", async () => {
  const { receiver, handler } = setUp({ now: Date.now });
  const error = new Error("no");
  const end = deferred();
  handler.mockReturnValueOnce(end.promise);
  const kept = signer.deliver();
  const first = receiver.recover(kept);
  await vi.waitUntil(() => handler.mock.calls.length === 1);
  expect(await receiver.recover(kept)).toMatchObject({ outcome: "held", code: "held" });
  end.reject(error);
  expect(await first).toMatchObject({ outcome: "failed", code: "handler", error });
  expect(await receiver.recover(kept)).toMatchObject({ outcome: "recovered" });
});

test("headers may have names in any case, and values that are lists or numbers", async () => {
  const { receiver } = setUp();
  const { headers, body } = signer.deliver();
  const kept = {
    "Content-Type": ["application/json; charset=utf-8"],
    "Webhook-Id": headers["webhook-id"],
    "WEBHOOK-TIMESTAMP": Number(headers["webhook-timestamp"]),
    "Webhook-Signature": [headers["webhook-signature"]],
    Accept: null,
  };
  expect(await receiver.recover({ headers: kept, body })).toMatchObject({ outcome: "recovered" });
});

test("what was kept without its signature is refused, with an error that says so", async () => {
  const { receiver } = setUp();
  const { headers, body } = signer.deliver();
  const { "webhook-signature": _, ...unsigned } = headers;
  expect(await receiver.recover({ headers: unsigned, body })).toMatchObject({
    outcome: "refused",
    code: "missing_header",
    error: { header: "webhook-signature", message: expect.stringContaining("nobody can verify the delivery") },
  });
  expect(await receiver.recover({ headers: undefined, body })).toMatchObject({ code: "missing_header" });
});

test("recover verifies all but the time of signing", async () => {
  const { receiver, handler } = setUp();
  const { headers, body } = signer.deliver();
  for (const [kept, code] of [
    [{ headers, body: `${body} ` }, "signature_mismatch"],
    [{ headers: { ...headers, "webhook-timestamp": "1" }, body }, "signature_mismatch"],
    [{ headers: { ...headers, "webhook-id": "another" }, body }, "signature_mismatch"],
    [{ headers: { ...headers, "webhook-timestamp": [1, 2] }, body }, "malformed_header"],
    [createSigner().deliver(), "signature_mismatch"],
  ] as const) {
    expect(await receiver.recover(kept), code).toMatchObject({ outcome: "refused", code });
  }
  expect(handler).not.toHaveBeenCalled();
});

test("recover refuses what was kept without a body, for good", async () => {
  const { receiver } = setUp();
  const { headers } = signer.deliver();
  for (const body of [undefined, null]) {
    expect(await receiver.recover({ headers, body } as never)).toEqual({
      outcome: "refused",
      code: "missing_body",
      error: new Error("There is no body, so nobody can verify the delivery."),
      retryable: false,
    });
  }
});

test("recover ends with its signal and with the receiver, and says what has no handler", async () => {
  const { receiver } = setUp();
  expect(await receiver.recover(signer.deliver({ type: "new" }))).toMatchObject({ outcome: "ignored" });
  expect(await receiver.recover({ ...signer.deliver(), signal: AbortSignal.abort() })).toMatchObject({
    outcome: "refused",
    code: "aborted",
  });
  await receiver.close();
  expect(await receiver.recover(signer.deliver())).toMatchObject({ outcome: "refused", code: "closing" });
});
