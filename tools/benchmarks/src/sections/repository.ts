import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { counted, type Section } from "../measure.ts";

/** The fault tests have more of them, and other faults: those take four minutes. */
const STORES = [
  "Redis (redis)",
  "Postgres (pg)",
  "Postgres (pg), transactional",
  "SQLite, WAL",
  "SQLite, WAL, transactional",
];

/** What it takes to work on this repository, in a clone of what is committed. */
export const repository: Section = {
  name: "repository",
  title: "The repository",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "repository-"));
    const clone = join(folder, "clone");
    /** Seconds. */
    const time = (program: string, ...args: string[]) => {
      const start = performance.now();
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: clone, encoding: "utf8", env: environment });
      if (status !== 0) throw new Error(`\`${[program, ...args].join(" ")}\` failed:\n${stdout}${stderr}`);
      return (performance.now() - start) / 1000;
    };
    // As from a terminal of its own: what pnpm tells the programs that it starts is about another folder.
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
    try {
      execFileSync("git", ["clone", "--quiet", ROOT, clone]);
      const install = time("pnpm", "install", "--frozen-lockfile", "--silent");
      const cold = time("pnpm", "test");
      const cached = time("pnpm", "test");
      time("pnpm", "faults", "--phase=processes", ...STORES.map((store) => `--store=${store}`));
      const document = join(clone, "spec/openapi.yaml");
      const changed = readFileSync(document, "utf8").replace("Registers a URL", "Registers an address");
      if (changed === readFileSync(document, "utf8")) throw new Error("Nothing of the document was changed.");
      rmSync(document);
      appendFileSync(document, changed);
      const regenerated = time("pnpm", "generate");
      return [
        counted(
          {
            title: "Working on this repository",
            unit: "s",
            note: "In a new clone. The packages from npm are taken from pnpm's store where it has them.",
          },
          {
            "pnpm test, cold": cold,
            "pnpm test, cached": cached,
            "pnpm generate, after a change": regenerated,
            "pnpm install": install,
          },
        ),
        counted(
          {
            title: "Deliveries handled by four receivers that are killed and frozen, each sent two or three times",
            unit: "deliveries/s",
            better: "higher",
            note: "6 kills and 6 freezes. Most of the time goes by in waiting for leases to end.",
          },
          faultRates(clone),
        ),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Deliveries a second by store, as the last run of the fault tests in a clone has them. */
function faultRates(clone: string): Record<string, number> {
  const file = join(clone, "tools/fault-tests/reports/faults.json");
  const { reports } = JSON.parse(readFileSync(file, "utf8")) as { reports: FaultReport[] };
  return Object.fromEntries(reports.map(({ kind, deliveries, seconds }) => [kind, deliveries / seconds]));
}

interface FaultReport {
  readonly kind: string;
  readonly deliveries: number;
  readonly seconds: number;
}
