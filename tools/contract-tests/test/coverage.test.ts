import { describe, expect, test } from "vitest";
import { gaps, methodsOf } from "../src/coverage.ts";
import { whileRunning } from "../src/while-running.ts";

describe("the check of completeness", () => {
  const both = ["webhooks.create", "webhooks.get"];
  const ran = new Map(both.map((operation) => [operation, new Set(["success", "refusal"])]));

  test("is content when every operation is a method and was called", () => {
    expect(gaps({ document: both, client: both, ran })).toEqual([]);
  });

  test.each([
    { what: "an operation that no case called", coverage: { document: both, client: both, ran: new Map() }, count: 2 },
    {
      what: "an operation that was only refused",
      coverage: { document: both, client: both, ran: new Map([...ran, ["webhooks.get", new Set(["refusal"])]]) },
      count: 1,
    },
    { what: "an operation without a method", coverage: { document: both, client: ["webhooks.get"], ran }, count: 1 },
    { what: "a method without an operation", coverage: { document: ["webhooks.get"], client: both, ran }, count: 1 },
  ])("finds $what", ({ coverage, count }) => {
    expect(gaps(coverage)).toHaveLength(count);
  });

  test("sees the methods of generated resources, and nothing else of a client", () => {
    const webhooks = { get: () => "" };
    const client = { webhooks, api: webhooks, timeout: 1, middleware: null };
    expect(methodsOf(client)).toEqual(["webhooks.get"]);
  });
});

describe("a mock server that ends by itself", () => {
  const crash = new Error("The mock server ended. Its log: …");

  test("fails work that hangs with its log", async () => {
    const exited = Promise.resolve(crash);
    await expect(whileRunning({ exited }, new Promise(() => {}))).rejects.toBe(crash);
  });

  test("fails work that it cuts off with its log, also when its end comes later", async () => {
    const exited = new Promise<Error>((resolve) => void setImmediate(resolve, crash));
    await expect(whileRunning({ exited }, Promise.reject(new Error("socket hang up")))).rejects.toBe(crash);
  });

  test("is no excuse while it runs", async () => {
    const exited = new Promise<never>(() => {});
    await expect(whileRunning({ exited }, Promise.resolve(1))).resolves.toBe(1);
    await expect(whileRunning({ exited }, Promise.reject(new Error("wrong")))).rejects.toThrow("wrong");
  });
});
