import { expect, test, vi } from "vitest";
import { createReceiver, type Hooks, memoryStore } from "../../src/index.ts";
import { createSigner, noting } from "./support.ts";

const signer = createSigner();

/** A receiver whose clock is off by so many seconds. */
function setUp(seconds: number) {
  const { hooks, notes } = noting();
  const clockSkew = vi.fn<NonNullable<Hooks["clockSkew"]>>();
  const now = () => Date.now() + seconds * 1000;
  const receiver = createReceiver({
    keys: signer.publicKey,
    store: memoryStore(),
    now,
    hooks: { ...hooks, clockSkew },
  });
  return { receiver: receiver.on("analysis.completed", () => {}), notes, clockSkew };
}

test.each([
  ["ahead", 360, "too_old"],
  ["behind", -360, "too_new"],
  ["a day ahead", 86_400, "too_old"],
])(
  "with a clock that is %s, genuine deliveries are sent again, and a hook names the clock",
  async (_what, seconds, code) => {
    const { receiver, notes, clockSkew } = setUp(seconds);
    const answer = await receiver.handle(signer.deliver());
    expect(answer).toMatchObject({ status: 503, body: JSON.stringify({ code }) });
    // Nobody knows when the clock will be right.
    expect(answer.headers).not.toHaveProperty("retry-after");
    expect(notes).toEqual([`refused ${code} 503`]);
    expect(clockSkew).toHaveBeenCalledOnce();
    const { error } = clockSkew.mock.calls[0]?.[0] ?? {};
    expect(error).toMatchObject({ code, message: expect.stringContaining("clock of the machine that receives") });
    expect(Math.abs((error?.seconds ?? 0) - (Math.abs(seconds) - 300))).toBeLessThan(5);
  },
);

test("a forged delivery gets 401, whatever its time, and does not call the hook", async () => {
  for (const seconds of [360, -360]) {
    const { receiver, notes, clockSkew } = setUp(seconds);
    const { body, ...delivery } = signer.deliver();
    expect(await receiver.handle({ ...delivery, body: `${body} ` })).toMatchObject({ status: 401 });
    expect(notes).toEqual(["refused signature_mismatch 401"]);
    expect(clockSkew).not.toHaveBeenCalled();
  }
});

test("a delivery that is replayed too late is not handled", async () => {
  const { receiver, notes } = setUp(360);
  const delivery = signer.deliver();
  for (let count = 0; count < 3; count++) await receiver.handle(delivery);
  expect(notes).toEqual(Array(3).fill("refused too_old 503"));
});
