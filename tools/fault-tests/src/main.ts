import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { KINDS, type KindName } from "./backends.ts";
import { type Report, run } from "./run.ts";
import { faultsOf } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    deliveries: { type: "string", default: "5000" },
    kills: { type: "string", default: "30" },
    freezes: { type: "string", default: "30" },
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
    store: { type: "string", multiple: true, default: Object.keys(KINDS) },
  },
});
const seed = Number(values.seed);
const kinds = values.store.map((name) => {
  if (!(name in KINDS)) throw new Error(`There is no store ${name}: there are ${Object.keys(KINDS).join("; ")}.`);
  return name as KindName;
});

console.log(`Four receivers on one store, killed and frozen at random (--seed=${seed}).`);
const reports: Report[] = [];
for (const kind of kinds.filter((name) => KINDS[name].available())) {
  const report = await run({
    kind,
    seed,
    deliveries: Number(values.deliveries),
    kills: Number(values.kills),
    freezes: Number(values.freezes),
    timeout: 300_000,
  });
  reports.push(report);
  console.log(`${kind}: ${report.seconds} s, answers ${JSON.stringify(report.answers)}`);
}

console.table(
  Object.fromEntries(
    reports.map(({ kind, deliveries, kills, freezes, lost, twice, unexplained, causes, fenced, seconds }) => [
      kind,
      {
        deliveries,
        kills,
        freezes,
        lost: lost.length,
        twice: twice.length,
        "by a kill": causes.killed,
        "by a stop": causes.stopped,
        "by the store": causes.store,
        unexplained: unexplained.length,
        fenced,
        seconds,
      },
    ]),
  ),
);
mkdirSync("reports", { recursive: true });
writeFileSync("reports/faults.json", `${JSON.stringify({ seed, reports }, null, 2)}\n`);

const faults = reports.flatMap((report) => faultsOf(report).map((fault) => `${report.kind}: ${fault}`));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 || reports.length === 0 ? 1 : 0;
