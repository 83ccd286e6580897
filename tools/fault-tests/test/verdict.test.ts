import { describe, expect, test } from "vitest";
import type { Entry } from "../src/journal.ts";
import { faultsOf, judge } from "../src/verdict.ts";

const LEASE = 1_000;
const judgeOne = (attempts: readonly string[], journal: readonly Omit<Entry, "delivery">[]) =>
  judge({
    deliveries: ["a"],
    effects: attempts.map((attempt) => ({ delivery: "a", attempt })),
    journal: journal.map((entry) => ({ delivery: "a", ...entry })),
    killed: (attempt) => attempt.startsWith("killed"),
    lease: LEASE,
  });
const marked = (attempt: string) => ({ attempt, event: "marked", elapsed: 5 }) as const;
const failed = (attempt: string, code: string, elapsed: number) =>
  ({ attempt, event: "failed", code, elapsed }) as const;

describe("the verdict", () => {
  test("finds nothing wrong with one effect, marked or not", () => {
    const verdict = judgeOne(["one"], [{ attempt: "one", event: "started" }, marked("one")]);
    expect(verdict).toMatchObject({ lost: [], twice: [], unexplained: [], markedTwice: [], fenced: 0 });
    expect(judgeOne(["killed"], [])).toMatchObject({ lost: [], twice: [], unexplained: [] });
  });

  test("finds what was lost", () => {
    expect(judgeOne([], [marked("one")]).lost).toEqual(["a"]);
  });

  test("explains a second effect by a process that was killed", () => {
    const verdict = judgeOne(["killed", "two"], [marked("two")]);
    expect(verdict).toMatchObject({ twice: ["a"], unexplained: [], causes: { killed: 1, stopped: 0, store: 0 } });
  });

  test("explains a second effect by a process that stood still for its lease, and was refused the mark", () => {
    const verdict = judgeOne(["one", "two"], [failed("one", "lease_lost", LEASE), marked("two")]);
    expect(verdict).toMatchObject({ twice: ["a"], unexplained: [], causes: { stopped: 1 }, fenced: 1 });
  });

  test("explains a second effect by a store that did not answer", () => {
    const verdict = judgeOne(["one", "two"], [failed("one", "store", 5), marked("two")]);
    expect(verdict).toMatchObject({ twice: ["a"], unexplained: [], causes: { store: 1 } });
  });

  test.each([
    ["both were marked", [marked("one"), marked("two")]],
    ["the first was refused the mark before its lease had ended", [failed("one", "lease_lost", 999), marked("two")]],
    ["the first failed by itself", [failed("one", "handler", 5), marked("two")]],
    ["the first has not ended, and its process was not killed", [marked("two")]],
  ])("does not explain a second effect where %s", (_, journal) => {
    expect(judgeOne(["one", "two"], journal)).toMatchObject({ twice: ["a"], unexplained: ["a"] });
  });

  test("does not explain two effects of one attempt", () => {
    expect(judgeOne(["killed", "killed"], [])).toMatchObject({ twice: ["a"], unexplained: ["a"] });
  });

  test("finds what was marked twice", () => {
    expect(judgeOne(["one"], [marked("one"), marked("two")]).markedTwice).toEqual(["a"]);
  });
});

describe("the faults of a run", () => {
  const report = {
    ...judgeOne(["one"], [marked("one")]),
    kind: "redis",
    transactional: false,
    deliveries: 1,
    kills: 0,
    freezes: 0,
    answers: {},
    effects: 1,
    seconds: 1,
  } as const;

  test("are none where all is well, and where a second effect is explained", () => {
    expect(faultsOf(report)).toEqual([]);
    expect(faultsOf({ ...report, twice: ["a"] })).toEqual([]);
  });

  test("are what was lost, marked twice, not explained, and, in transactions, any second effect", () => {
    expect(faultsOf({ ...report, lost: ["a"] })).toEqual([expect.stringContaining("lost")]);
    expect(faultsOf({ ...report, markedTwice: ["a"] })).toEqual([expect.stringContaining("marked twice")]);
    expect(faultsOf({ ...report, unexplained: ["a"] })).toEqual([expect.stringContaining("no process died")]);
    expect(faultsOf({ ...report, transactional: true, twice: ["a"] })).toEqual([
      expect.stringContaining("transaction"),
    ]);
  });
});
