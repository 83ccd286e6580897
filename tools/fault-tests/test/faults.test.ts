import { describe, expect, test } from "vitest";
import { KINDS, type KindName, type Phase } from "../src/kinds.ts";
import { run } from "../src/run.ts";
import { faultsOf } from "../src/verdict.ts";

const SOME: [KindName, Phase][] = [
  ["Redis (redis)", "network"],
  ["Postgres (pg), transactional", "processes"],
  ["SQLite, DELETE, transactional", "readers"],
];

// The same as `pnpm faults`, but small.
describe.each(SOME)("four receivers on one store (%s, %s)", (kind, phase) => {
  test.skipIf(!KINDS[kind].available())("lose nothing, and do nothing twice", { timeout: 150_000 }, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const [report] = await run({ kind, phases: [phase], deliveries: 100, seed, timeout: 120_000 });
    if (!report) throw new Error("There is no report.");
    expect(faultsOf(report), `with --seed=${seed}`).toEqual([]);
    expect(report.answers["204"]).toBeGreaterThanOrEqual(100);
  });
});
