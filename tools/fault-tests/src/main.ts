// Runs the phases of every store, prints what was lost and what came twice, and exits with 1 if anything must not be.
//
//   node src/main.ts                                    all stores; writes reports/faults.json
//   node src/main.ts --docs                             writes docs/faults.md, too
//   node src/main.ts --store="Redis (redis)" --phase=network --deliveries=2000 --seed=7

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { KINDS, type KindName, type Phase } from "./kinds.ts";
import { faultsOfOutage, runOutage } from "./outage.ts";
import { pageOf } from "./page.ts";
import { PHASES } from "./phases.ts";
import { type Report, run } from "./run.ts";
import { faultsOf } from "./verdict.ts";

const ROOT = join(import.meta.dirname, "../../..");

const { values } = parseArgs({
  options: {
    deliveries: { type: "string", default: "300" },
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
    store: { type: "string", multiple: true, default: Object.keys(KINDS) },
    phase: { type: "string", multiple: true, default: Object.keys(PHASES) },
    docs: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const kinds = values.store.map((name) => oneOf(name, KINDS, "store") as KindName);
const phases = values.phase.map((name) => oneOf(name, PHASES, "phase") as Phase);

console.log(`Four receivers on one store, phase by phase (--seed=${seed}).`);
const reports: Report[] = [];
const faults: string[] = [];
for (const kind of kinds.filter((name) => KINDS[name].available())) {
  const own = KINDS[kind].phases.filter((phase) => phases.includes(phase));
  if (own.length === 0) continue;
  try {
    const results = await run({ kind, phases: own, seed, deliveries: Number(values.deliveries), timeout: 300_000 });
    reports.push(...results);
    for (const report of results) {
      faults.push(...faultsOf(report).map((fault) => `${kind}: ${fault}`));
      console.log(`${kind}, ${PHASES[report.phase].title}: ${report.seconds} s, ${JSON.stringify(report.answers)}`);
    }
  } catch (error) {
    console.error(error);
    faults.push(`${kind}: ${error}`);
  }
}

const outage = await runDaysOutage("Postgres (pg), transactional");

console.table(
  reports.map(({ kind, phase, lost, doubled, causes, unexplained, markedTwice, crashes, fenced }) => ({
    store: kind,
    phase,
    lost: lost.length,
    doubled: doubled.length,
    "by a kill": causes.killed,
    "by a stop": causes.stoodStill,
    "by a lock": causes.locked,
    unexplained: unexplained.length,
    "marked twice": markedTwice.length,
    crashes: crashes.length,
    fenced,
  })),
);
mkdirSync("reports", { recursive: true });
writeFileSync("reports/faults.json", `${JSON.stringify({ seed, faults, reports, outage }, null, 2)}\n`);
if (values.docs) writeFileSync(join(ROOT, "docs/faults.md"), pageOf(reports));

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 || reports.length === 0 ? 1 : 0;

/** Runs a day's outage on a store, unless it is left out. */
async function runDaysOutage(kind: KindName) {
  if (!(kinds.includes(kind) && phases.includes("processes") && KINDS[kind].available())) return undefined;
  const report = await runOutage({ kind, deliveries: 1_000, handled: 300, kills: 2, seed, timeout: 300_000 });
  const { deliveries, handled, recovered, kills, seconds } = report;
  console.log(
    `A day's outage (${kind}): of ${deliveries} deliveries ${handled} were handled in time, and ${recovered} recovered, by a recovery that was killed ${kills} times. ${seconds} s`,
  );
  faults.push(...faultsOfOutage(report).map((fault) => `a day's outage: ${fault}`));
  return report;
}

function oneOf(name: string, all: object, what: string): string {
  if (!(name in all)) throw new Error(`There is no ${what} "${name}". There are: ${Object.keys(all).join("; ")}.`);
  return name;
}
