import { expect, test } from "vitest";
import { faultsOfOutage, runOutage } from "../src/outage.ts";

// The same as in `pnpm faults`, but small, and on a store that every machine has.
test("what was missed in an outage is recovered once, though the recovery is killed twice", {
  timeout: 60_000,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const report = await runOutage({
    kind: "SQLite, WAL, transactional",
    deliveries: 60,
    handled: 18,
    kills: 2,
    seed,
    timeout: 30_000,
  });
  expect(faultsOfOutage(report), `with seed ${seed}`).toEqual([]);
  expect(report.summary.counts).toMatchObject({ held: 0, failed: 0, refused: 0, ignored: 0 });
});

test("an outage that was not recovered is told", () => {
  const report = { kind: "SQLite, WAL", deliveries: 3, handled: 1, kills: 0, seed: 1, timeout: 1, seconds: 1 } as const;
  const summary = { counts: {} as never, reasons: {}, since: undefined };
  expect(faultsOfOutage({ ...report, summary, recovered: 2, lost: [], twice: [] })).toEqual([]);
  expect(faultsOfOutage({ ...report, summary, recovered: 3, lost: ["a"], twice: ["b"] })).toEqual([
    "3 deliveries were recovered, and 2 were missed",
    "1 deliveries have no effect: a",
    "1 deliveries have two effects: b",
  ]);
});
