/** The part of turbo's summary of a run that is read here. */
export interface TurboSummary {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly command: string;
    /** The file with its output, relative to the root of the repository. */
    readonly logFile: string;
    readonly cache: { readonly status: "HIT" | "MISS" };
    readonly execution?: { readonly startTime: number; readonly endTime: number; readonly exitCode?: number | null };
  }[];
}

/** One task of one package. */
export interface Row {
  /** Such as `@mindbridge-sdk/client#test`. */
  readonly task: string;
  readonly result: "passed" | "from cache" | "failed" | "not run";
  readonly seconds: number;
  /** The file with its output, relative to the root of the repository. */
  readonly logFile?: string;
}

/** The tasks of a run that have a command in their package, in the order in which they ended. */
export function rowsOf({ tasks }: TurboSummary): Row[] {
  return tasks
    .filter(({ command }) => command !== "" && command !== "<NONEXISTENT>")
    .toSorted((one, other) => (one.execution?.endTime ?? 0) - (other.execution?.endTime ?? 0))
    .map(({ taskId, logFile, cache, execution }) => {
      if (execution === undefined) return { task: taskId, result: "not run", seconds: 0 };
      const { startTime, endTime, exitCode } = execution;
      const result = exitCode !== 0 ? "failed" : cache.status === "HIT" ? "from cache" : "passed";
      return { task: taskId, result, seconds: (endTime - startTime) / 1000, ...(result === "failed" && { logFile }) };
    });
}

/** So many lines of the log of a failed task are printed again. */
const END = 80;

/** The command that runs just this task again. */
function repeat(taskId: string): string {
  const [name, task] = taskId.split("#");
  return `pnpm turbo run ${task} --filter=${name}`;
}

/** A table for people: every task, and the command that repeats one that failed. */
export function formatRows(rows: readonly Row[]): string {
  const lines = rows.map(({ task, result, seconds }) => {
    const again = result === "failed" ? `\`${repeat(task)}\`` : "";
    return [task.replace("#", " "), result, seconds.toFixed(1), again];
  });
  const table = [["task", "result", "seconds", "to repeat it"], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The end of a task's output, which says what failed. Other tasks may have printed much after it. */
export function formatEnd(task: string, log: string): string {
  return [`The end of the output of ${task.replace("#", " ")}:`, ...log.trimEnd().split("\n").slice(-END)].join("\n");
}

/** The part of vitest's JSON report that is read here. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The tests of all packages together. */
export function countTests(reports: readonly TestReport[]): Counts {
  const sum = (count: (report: TestReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    passed: sum(({ numPassedTests }) => numPassedTests),
    failed: sum(({ numFailedTests }) => numFailedTests),
    skipped: sum(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests),
  };
}

/** The last line of a run. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
