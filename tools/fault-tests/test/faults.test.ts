import { describe, expect, test } from "vitest";
import { KINDS, type KindName } from "../src/backends.ts";
import { run } from "../src/run.ts";
import { faultsOf } from "../src/verdict.ts";

const SOME: KindName[] = ["redis", "postgres, transactional", "sqlite, transactional"];

// The same as `pnpm faults`, but small.
describe.each(SOME)("four receivers on one store (%s)", (kind) => {
  test.skipIf(!KINDS[kind].available())("lose nothing, killed and frozen", { timeout: 60_000 }, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const report = await run({ kind, deliveries: 200, kills: 3, freezes: 3, seed, timeout: 50_000 });
    expect(faultsOf(report), `with --seed=${seed}`).toEqual([]);
    expect(report.effects).toBeGreaterThanOrEqual(200);
  });
});
