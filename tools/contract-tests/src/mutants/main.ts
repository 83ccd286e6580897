// `pnpm contract:mutants`: changes the document in one thing at a time, and shows what notices.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { MUTANTS } from "./mutants.ts";
import { problemsOf, totalsOf } from "./result.ts";
import { runMutants } from "./run.ts";
import { formatTable } from "./table.ts";

const REPORT = new URL("../../reports/mutants.json", import.meta.url);

const started = performance.now();
const { control, results } = await runMutants(MUTANTS);
const seconds = (performance.now() - started) / 1_000;
const problems = problemsOf(control, results);

await mkdir(new URL(".", REPORT), { recursive: true });
const mutants = results.map(({ mutant: { name, onlyFidelity, survives }, verdict }) => ({
  name,
  killedBy: verdict,
  onlyFidelity,
  survives,
}));
await writeFile(
  REPORT,
  JSON.stringify({ totals: totalsOf(results), seconds, problems, control, mutants }, undefined, 2),
);

console.log(formatTable(results));
console.log(`\n${seconds.toFixed(1)} s. What each judge says of each mutant: ${fileURLToPath(REPORT)}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
