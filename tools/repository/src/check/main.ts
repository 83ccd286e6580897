// Runs turbo's tasks in stages, and ends with a table of them and a line that counts the tests.
//
//   node src/check/main.ts STAGE...      a stage is one task or several, with commas between
//
// Put what fails fastest first: after a stage that failed, no other begins.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.ts";
import {
  countTests,
  formatCounts,
  formatEnd,
  formatRows,
  type Row,
  rowsOf,
  type TestReport,
  type TurboSummary,
} from "./summary.ts";

const SUMMARIES = join(ROOT, ".turbo/runs");
/** Hundreds of processes load the same libraries. Node keeps what it compiled of them here. */
const env = { NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node"), ...process.env };

function runStage(tasks: readonly string[]): { rows: Row[]; exitCode: number } {
  rmSync(SUMMARIES, { recursive: true, force: true });
  const args = ["exec", "turbo", "run", ...tasks, "--continue", "--output-logs=new-only", "--summarize"];
  const { status } = spawnSync("pnpm", args, { cwd: ROOT, env, stdio: "inherit", shell: process.platform === "win32" });
  const [file] = existsSync(SUMMARIES) ? readdirSync(SUMMARIES) : [];
  const rows =
    file === undefined ? [] : rowsOf(JSON.parse(readFileSync(join(SUMMARIES, file), "utf8")) as TurboSummary);
  return { rows, exitCode: status ?? 1 };
}

const stages = process.argv.slice(2).map((stage) => stage.split(","));
const reports = ["packages", "tools", "examples"].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((each) => join(ROOT, folder, each, "reports/vitest.json")),
);
// Reports of an earlier run must not be counted.
for (const report of reports) rmSync(report, { force: true });

const rows = new Map<string, Row>();
let exitCode = 0;
for (const tasks of stages) {
  if (exitCode !== 0) {
    for (const task of tasks) rows.set(task, { task, result: "not run", seconds: 0 });
    continue;
  }
  const stage = runStage(tasks);
  // A build is part of several stages. Its time is that of the first.
  for (const row of stage.rows) if (!rows.has(row.task)) rows.set(row.task, row);
  exitCode = stage.exitCode;
}

const counts = countTests(
  reports.filter((each) => existsSync(each)).map((each) => JSON.parse(readFileSync(each, "utf8")) as TestReport),
);
for (const { task, logFile } of rows.values()) {
  if (logFile !== undefined) console.log(`\n${formatEnd(task, readFileSync(join(ROOT, logFile), "utf8"))}`);
}
console.log(`\n${formatRows([...rows.values()])}\n`);
if (exitCode !== 0) console.log("Something failed: the table says what, and how to repeat just that.");
console.log(formatCounts(counts));
process.exitCode = exitCode || (counts.failed > 0 || counts.passed === 0 ? 1 : 0);
