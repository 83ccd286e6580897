// `pnpm contract:mutants`: makes each change of the corpus, and shows who notices it.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { formatTable, problemsOf, totalsOf } from "./outcome.ts";
import { MUTANTS, runMutants } from "./run.ts";

const REPORT = new URL("../../reports/mutants.json", import.meta.url);

const started = performance.now();
const { control, results } = await runMutants(MUTANTS);
const seconds = (performance.now() - started) / 1_000;
const problems = problemsOf(control, results);

const changes = results.map(({ change: { title, noticed }, verdict }) => ({ title, noticed, verdict }));
await mkdir(new URL(".", REPORT), { recursive: true });
await writeFile(
  REPORT,
  JSON.stringify({ totals: totalsOf(results), seconds, problems, control, changes }, undefined, 2),
);

console.log(formatTable(results));
console.log(`\n${seconds.toFixed(1)} s. What each oracle says of each change: ${fileURLToPath(REPORT)}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
