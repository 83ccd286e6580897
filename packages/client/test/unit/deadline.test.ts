import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TIMED_OUT, within } from "../../src/deadline.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  // Before the real timers: a spy on a fake timer puts that back.
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => {});

test("leaves no timer behind", async () => {
  await within(1000, undefined, async () => "done");
  await expect(within(1000, undefined, () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
  expect(vi.getTimerCount()).toBe(0);
});

test("leaves no listener behind", async () => {
  const { signal } = new AbortController();
  const listen = vi.spyOn(signal, "addEventListener");
  const ignore = vi.spyOn(signal, "removeEventListener");
  await within(1000, signal, async () => "done");
  expect(listen).toHaveBeenCalledOnce();
  expect(ignore.mock.calls).toEqual(listen.mock.calls);
});

test("ends when the time is up, and aborts its function", async () => {
  let signal: AbortSignal | undefined;
  const end = within(1000, undefined, (given) => {
    signal = given;
    return never();
  });
  const ended = expect(end).rejects.toBe(TIMED_OUT);
  vi.advanceTimersByTime(999);
  expect(signal?.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal?.aborted).toBe(true);
  await ended;
});

test.each([2 ** 31, 2 ** 40, 1e300])("%d ms set no timer, since it would fire at once", (milliseconds) => {
  const set = vi.spyOn(globalThis, "setTimeout");
  void within(milliseconds, undefined, never).catch(() => {});
  expect(set).not.toHaveBeenCalled();
});

test("Infinity sets no timer", () => {
  void within(Number.POSITIVE_INFINITY, undefined, never);
  expect(vi.getTimerCount()).toBe(0);
});
