import { expect, test, vi } from "vitest";
import { verify } from "../../src/index.ts";
import { BODY, now, refusal, SECONDS, Signer } from "./support.ts";

const signer = new Signer();
const delivery = { headers: signer.headers(), body: BODY };
const at = (seconds: number, tolerance?: number) => ({
  keys: signer.whpk,
  now: () => (SECONDS + seconds) * 1000,
  tolerance,
});

test.each([
  [undefined, 300.999],
  [undefined, -300],
  [0, 0],
  [0, 0.999],
  [10, 10],
  [10, -10],
  [Number.POSITIVE_INFINITY, 1e9],
  [Number.POSITIVE_INFINITY, -1e9],
])("with a tolerance of %s s takes a delivery %s s old", async (tolerance, seconds) => {
  const { attemptedAt } = await verify(delivery, at(seconds, tolerance));
  expect(attemptedAt).toEqual(new Date(SECONDS * 1000));
});

test.each([
  [undefined, 301, "too_old", 1],
  [undefined, -301, "too_new", 1],
  [0, 1, "too_old", 1],
  [0, -0.001, "too_new", 1],
  [10, 75, "too_old", 65],
  [10, -75, "too_new", 65],
])("with a tolerance of %s s refuses a delivery %s s old: %s", async (tolerance, age, code, seconds) => {
  const error = await refusal(delivery, at(age, tolerance));
  expect(error).toMatchObject({ code, seconds });
  expect(error.message).toMatch(/clock/);
});

test("only a genuine delivery is too old or too new", async () => {
  const forged = { headers: signer.headers(), body: BODY.replace("acme", "acne") };
  for (const age of [301, -301]) expect((await refusal(forged, at(age))).code).toBe("signature_mismatch");
});

test("goes by Date.now unless told otherwise", async () => {
  vi.useFakeTimers({ now: now(), toFake: ["Date"] });
  try {
    expect(await verify(delivery, { keys: signer.whpk, tolerance: 0 })).toMatchObject({ known: true });
  } finally {
    vi.useRealTimers();
  }
  expect((await refusal(delivery, { keys: signer.whpk, tolerance: 1 })).code).toMatch(/^too_(?:old|new)$/);
});

test.each([
  ["tolerance", { tolerance: Number.NaN }],
  ["tolerance", { tolerance: -1 }],
  ["now", { now: () => Number.NaN }],
  ["now", { now: () => -1 }],
  ["now", { now: () => undefined as unknown as number }],
  ["now", { now: 5 as unknown as () => number }],
  ["maxBodyBytes", { maxBodyBytes: Number.NaN }],
  ["maxBodyBytes", { maxBodyBytes: -1 }],
])("refuses an impossible %s: %j", async (name, options) => {
  const error = await refusal(delivery, { keys: signer.whpk, now, ...options });
  expect(error).toMatchObject({ code: "configuration", message: expect.stringContaining(name) });
});
