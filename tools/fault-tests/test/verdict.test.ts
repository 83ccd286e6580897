import { describe, expect, test } from "vitest";
import type { Entry } from "../src/journal.ts";
import { faultsOf, judge } from "../src/verdict.ts";

const judgeOne = (attempts: readonly string[], journal: readonly Omit<Entry, "delivery">[]) =>
  judge({
    deliveries: ["a"],
    effects: attempts.map((attempt) => ({ delivery: "a", attempt })),
    journal: journal.map((entry) => ({ delivery: "a", ...entry })),
    killed: (attempt) => attempt.startsWith("killed"),
    locked: ({ attempt }) => attempt.startsWith("locked"),
  });
const marked = (attempt: string) => ({ attempt, event: "marked", stoodStill: false }) as const;
const failed = (attempt: string, code: string, stoodStill: boolean) =>
  ({ attempt, event: "failed", code, stoodStill }) as const;

describe("the verdict", () => {
  test("finds nothing wrong with one effect, marked or not", () => {
    const verdict = judgeOne(["one"], [{ attempt: "one", event: "effect" }, marked("one")]);
    expect(verdict).toMatchObject({ lost: [], doubled: [], unexplained: [], markedTwice: [], fenced: 0 });
    expect(judgeOne(["killed"], [])).toMatchObject({ lost: [], doubled: [], unexplained: [] });
  });

  test("finds what was lost", () => {
    expect(judgeOne([], [marked("one")]).lost).toEqual(["a"]);
  });

  test("explains a second effect by a process that was killed", () => {
    const verdict = judgeOne(["killed", "two"], [marked("two")]);
    expect(verdict).toMatchObject({ doubled: ["a"], unexplained: [], causes: { killed: 1, stoodStill: 0, locked: 0 } });
  });

  test("explains a second effect by a process that stood still, and was refused the mark", () => {
    const verdict = judgeOne(["one", "two"], [failed("one", "lease_lost", true), marked("two")]);
    expect(verdict).toMatchObject({ doubled: ["a"], unexplained: [], causes: { stoodStill: 1 }, fenced: 1 });
  });

  test("explains a second effect by a lock that outlasted the tries to mark, and by no other end of such an attempt", () => {
    const verdict = judgeOne(["locked", "two"], [failed("locked", "store", false), marked("two")]);
    expect(verdict).toMatchObject({ doubled: ["a"], unexplained: [], causes: { locked: 1 } });
    const other = judgeOne(["locked", "two"], [failed("locked", "lease_lost", false), marked("two")]);
    expect(other).toMatchObject({ doubled: ["a"], unexplained: [expect.any(String)], causes: { locked: 0 } });
  });

  test.each([
    ["both were marked", [marked("one"), marked("two")]],
    ["the first was refused the mark, and did not stand still", [failed("one", "lease_lost", false), marked("two")]],
    ["the store did not answer the first", [failed("one", "store", false), marked("two")]],
    ["the first failed by itself", [failed("one", "handler", false), marked("two")]],
    ["the first has not ended, and its process was not killed", [marked("two")]],
  ])("does not explain a second effect if %s", (_, journal) => {
    expect(judgeOne(["one", "two"], journal)).toMatchObject({
      doubled: ["a"],
      unexplained: [expect.stringMatching(/^a \(/)],
    });
  });

  test("does not explain two effects of one attempt", () => {
    expect(judgeOne(["killed", "killed"], [])).toMatchObject({
      doubled: ["a"],
      unexplained: [expect.stringMatching(/^a \(/)],
    });
  });

  test("finds what was marked twice", () => {
    expect(judgeOne(["one"], [marked("one"), marked("two")]).markedTwice).toEqual(["a"]);
  });
});

describe("the faults of a run", () => {
  const report = {
    ...judgeOne(["one"], [marked("one")]),
    phase: "network",
    transactional: false,
    crashes: [],
  } as const;

  test("are none if all is well, or a second effect is explained", () => {
    expect(faultsOf(report)).toEqual([]);
    expect(faultsOf({ ...report, doubled: ["a"] })).toEqual([]);
  });

  test("are what was lost, marked twice or not explained, any second effect in a transaction, and every crash", () => {
    expect(faultsOf({ ...report, lost: ["a"] })).toEqual([expect.stringContaining("lost")]);
    expect(faultsOf({ ...report, markedTwice: ["a"] })).toEqual([expect.stringContaining("marked twice")]);
    expect(faultsOf({ ...report, unexplained: ["a (one: marked)"] })).toEqual([
      expect.stringContaining("no process died"),
    ]);
    expect(faultsOf({ ...report, transactional: true, doubled: ["a"] })).toEqual([
      expect.stringContaining("transaction"),
    ]);
    expect(faultsOf({ ...report, crashes: ["process1 (1)"] })).toEqual([expect.stringContaining("process1 (1)")]);
  });
});
