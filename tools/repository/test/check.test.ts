import { describe, expect, test } from "vitest";
import { countTests, formatCounts, formatEnd, formatRows, rowsOf, type TurboSummary } from "../src/check/summary.ts";

const summary: TurboSummary = {
  tasks: [
    {
      taskId: "@x/client#test",
      command: "vitest",
      logFile: "client/test.log",
      cache: { status: "MISS" },
      execution: { startTime: 1_000, endTime: 3_500, exitCode: 1 },
    },
    {
      taskId: "@x/client#build",
      command: "tsc",
      logFile: "client/build.log",
      cache: { status: "HIT" },
      execution: { startTime: 0, endTime: 1, exitCode: 0 },
    },
    {
      taskId: "@x/contract#test",
      command: "vitest",
      logFile: "contract/test.log",
      cache: { status: "MISS" },
      execution: { startTime: 1_000, endTime: 2_000, exitCode: 0 },
    },
    { taskId: "@x/spec#build", command: "<NONEXISTENT>", logFile: "a.log", cache: { status: "MISS" } },
    { taskId: "@x/end-to-end#test", command: "vitest", logFile: "b.log", cache: { status: "MISS" } },
  ],
};

describe("the table", () => {
  test("has every task that has a command, in the order of their ends, and what became of it", () => {
    expect(rowsOf(summary)).toEqual([
      { task: "@x/end-to-end#test", result: "not run", seconds: 0 },
      { task: "@x/client#build", result: "from cache", seconds: 0.001 },
      { task: "@x/contract#test", result: "passed", seconds: 1 },
      { task: "@x/client#test", result: "failed", seconds: 2.5, logFile: "client/test.log" },
    ]);
  });

  test("takes a task that was killed for one that failed", () => {
    const execution = { startTime: 0, endTime: 1, exitCode: null };
    const tasks = [{ taskId: "a#b", command: "c", logFile: "l", cache: { status: "MISS" as const }, execution }];
    expect(rowsOf({ tasks })).toEqual([{ task: "a#b", result: "failed", seconds: 0.001, logFile: "l" }]);
  });

  test("says how to repeat just what failed", () => {
    const lines = formatRows(rowsOf(summary)).split("\n");
    expect(lines.filter((line) => line.includes("pnpm turbo"))).toEqual([
      expect.stringMatching(/^@x\/client test +failed +2\.5 +`pnpm turbo run test --filter=@x\/client`$/),
    ]);
  });
});

test("of what failed, the end of the log is printed again", () => {
  const log = `${Array.from({ length: 200 }, (_, line) => `line ${line}`).join("\n")}\n`;
  const lines = formatEnd("@x/client#test", log).split("\n");
  expect(lines).toHaveLength(81);
  expect(lines[0]).toBe("The end of the output of @x/client test:");
  expect([lines[1], lines.at(-1)]).toEqual(["line 120", "line 199"]);
});

describe("the last line", () => {
  const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };

  test("sums the tests of all packages", () => {
    expect(formatCounts(countTests([report, { ...report, numFailedTests: 2 }]))).toBe("6 passed, 2 failed");
    expect(formatCounts(countTests([]))).toBe("0 passed, 0 failed");
  });

  test("tells of skipped tests where there are any", () => {
    expect(formatCounts(countTests([{ ...report, numPendingTests: 1, numTodoTests: 1 }]))).toBe(
      "3 passed, 0 failed, 2 skipped",
    );
  });
});
