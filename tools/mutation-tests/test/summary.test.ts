import { describe, expect, test } from "vitest";
import { type Counted, formatSummary, isGood, summaryOf } from "../src/summary.ts";
import { TARGETS } from "../src/targets.ts";

function mutant(status: Counted["status"], line = 1): Counted {
  const location = { start: { line, column: 3 }, end: { line, column: 9 } };
  return { fileName: "src/a.ts", location, mutatorName: "BooleanLiteral", replacement: "a\n  b", status };
}
const times = (count: number, status: Counted["status"]): Counted[] =>
  Array.from({ length: count }, () => mutant(status));

describe("the summary", () => {
  test("counts what a test noticed against what none did, and nothing else", () => {
    const summary = summaryOf([
      ...times(16, "Killed"),
      ...times(1, "Timeout"),
      ...times(2, "Survived"),
      ...times(1, "NoCoverage"),
      ...times(3, "CompileError"),
      ...times(3, "RuntimeError"),
      ...times(3, "Ignored"),
    ]);
    expect(summary).toMatchObject({ killed: 17, score: 85 });
    expect(summary.survivors.map(({ status }) => status)).toEqual(["Survived", "Survived", "NoCoverage"]);
    expect(isGood({ threshold: 85 }, summary)).toBe(true);
    expect(isGood({ threshold: 85.1 }, summary)).toBe(false);
  });

  test("is bad where there was nothing to count", () => {
    expect(isGood({ threshold: 85 }, summaryOf(times(3, "Ignored")))).toBe(false);
  });

  test("names each survivor with its place, then the score", () => {
    const [target] = TARGETS;
    if (target === undefined) throw new Error("There is no target.");
    const summary = summaryOf([mutant("Killed"), mutant("Survived", 7), mutant("NoCoverage", 8)]);
    expect(formatSummary(target, summary, 61.2).split("\n")).toEqual([
      "src/a.ts:7:3 BooleanLiteral → a b (survived)",
      "src/a.ts:8:3 BooleanLiteral → a b (reached by no test)",
      `${target.name}: 1 of 3 mutants killed, 33.3 %, in 61 s. At least ${target.threshold} % are due.`,
    ]);
  });
});
