import { describe, expect, test, vi } from "vitest";
import type { ErrorCode, Outcome } from "../../src/errors.ts";
import { backoff, mayRetry, neverConnected, outcomeAfter, outcomeOf, requestedWait } from "../../src/retry-policy.ts";

const failed = (cause: object) => new TypeError("fetch failed", { cause });
const idempotent = ["GET", "HEAD", "PUT", "DELETE"];
const others = ["POST", "PATCH"];

function progress(method: string, outcome: Outcome, safe = ["GET", "HEAD"].includes(method)) {
  return { method, outcome, safe };
}

describe("mayRetry", () => {
  test.each([...idempotent, ...others])("%s after a 429", (method) => {
    expect(mayRetry(progress(method, "refused"), 429, undefined)).toBe(true);
  });

  const passing: [number | undefined, ErrorCode | undefined][] = [
    ...[408, 500, 502, 503, 504, 599].map((status): [number, undefined] => [status, undefined]),
    [undefined, "timeout"],
    [undefined, "connection"],
  ];
  test.each(passing)("after %s or %s if the method may be repeated", (status, error) => {
    for (const method of idempotent) expect(mayRetry(progress(method, "unknown"), status, error)).toBe(true);
    for (const method of others) expect(mayRetry(progress(method, "unknown"), status, error)).toBe(false);
  });

  test("a POST that only reads, as a GET", () => {
    for (const [status, error] of passing) {
      expect(mayRetry(progress("POST", "unknown", true), status, error)).toBe(true);
    }
    expect(mayRetry(progress("POST", "refused", true), 404)).toBe(false);
  });

  test("any method if nothing was sent", () => {
    for (const method of others) {
      expect(mayRetry(progress(method, "not-sent"), undefined, "connection")).toBe(true);
      expect(mayRetry(progress(method, "not-sent"), undefined, "timeout")).toBe(true);
    }
  });

  test.each([200, 201, 302, 400, 401, 403, 404, 409, 422, 600, 999])("never after %i", (status) => {
    for (const method of [...idempotent, ...others])
      expect(mayRetry(progress(method, "refused"), status, undefined)).toBe(false);
  });

  test.each(["redirect", "configuration", "abort"] as const)("never after %s", (error) => {
    for (const method of [...idempotent, ...others])
      expect(mayRetry(progress(method, "refused"), undefined, error)).toBe(false);
  });
});

describe("the outcome of a call", () => {
  test.each([
    ["not-sent", "not-sent", "not-sent"],
    ["not-sent", "refused", "refused"],
    ["not-sent", "unknown", "unknown"],
    ["refused", "not-sent", "refused"],
    ["refused", "refused", "refused"],
    ["refused", "unknown", "unknown"],
    ["unknown", "not-sent", "unknown"],
    ["unknown", "refused", "unknown"],
    ["unknown", "unknown", "unknown"],
  ] as const)("%s, then an attempt that ends as %s: %s", (earlier, latest, expected) => {
    for (const method of [...others, "PUT", "DELETE"])
      expect(outcomeAfter(progress(method, earlier), latest)).toBe(expected);
    for (const method of ["GET", "HEAD"]) expect(outcomeAfter(progress(method, earlier), latest)).toBe(latest);
  });
});

describe("neverConnected", () => {
  test.each([
    failed({ code: "ECONNREFUSED", syscall: "connect" }),
    failed({ code: "ENOTFOUND", syscall: "getaddrinfo" }),
    failed({ code: "EAI_AGAIN" }),
    failed({ code: "UND_ERR_CONNECT_TIMEOUT" }),
    failed(Object.assign(new Error("connect ETIMEDOUT 192.0.2.1:443"), { code: "ETIMEDOUT" })),
    failed(new Error("bad port")),
    failed(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" })),
    Object.assign(new Error("Unable to connect"), { code: "ConnectionRefused" }),
    Object.assign(new Error("Was there a typo?"), { code: "FailedToOpenSocket" }),
    new TypeError("error sending request for url: client error (Connect): tcp connect error"),
  ])("%o was not sent", (error) => {
    expect(neverConnected(error)).toBe(true);
  });

  test.each([
    failed({ code: "ECONNRESET", syscall: "read" }),
    failed({ code: "UND_ERR_SOCKET" }),
    failed({ code: "UND_ERR_HEADERS_TIMEOUT" }),
    failed({ code: "EPIPE", syscall: "write" }),
    new TypeError("fetch failed"),
    new TypeError("error sending request for url: client error (SendRequest): connection closed"),
    new Error("connect"),
    new Error("ECONNREFUSED "),
    // Only a code or a system call counts, not what a message says, or holds between commas.
    new Error("a proxy says ECONNREFUSED, and more"),
    new Error("a,connect,b"),
    new Error("a proxy says bad port"),
    "ECONNREFUSED",
    undefined,
    null,
  ])("%o counts as sent", (error) => {
    expect(neverConnected(error)).toBe(false);
  });
});

test.each([
  [200, "unknown"],
  [299, "unknown"],
  [300, "refused"],
  [303, "unknown"],
  [408, "unknown"],
  [499, "refused"],
  [500, "unknown"],
])("after a %i the outcome of a POST is %s", (status, outcome) => {
  expect(outcomeOf(status, false)).toBe(outcome);
});

test("backoff doubles from 500 to 8,000 ms, with full jitter, within maxRetryWait", () => {
  const random = vi.spyOn(Math, "random").mockReturnValue(1);
  expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => backoff(attempt, 60_000))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
  expect(backoff(3, 700)).toBe(700);
  random.mockReturnValue(0);
  expect(backoff(3, 60_000)).toBe(0);
  random.mockRestore();
});

test.each([
  ["0", 0],
  ["10", 10_000],
  ["1.5", undefined],
  ["1e3", undefined],
  ["", undefined],
  ["2026-01-01", undefined],
  ["Fri, 31 Dec 1999 23:59:59 GMT", 0],
  ["nonsense GMT", undefined],
])("Retry-After %j of a 503 asks for %s ms", (value, expected) => {
  expect(requestedWait(new Response("", { status: 503, headers: { "retry-after": value } }))).toBe(expected);
});
