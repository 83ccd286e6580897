import type { Group, Measure } from "./group.ts";

/** One round of a contestant: what it measured, in the unit of its group. */
export type Round = () => number | Promise<number>;

/**
 * Measures contestants in turns, so that what else the machine does falls on all of them. The first one is the baseline.
 *
 * @param rounds How many are counted; one more goes before them, to warm up.
 */
export async function inTurns(
  heading: Pick<Group, "title" | "unit" | "better" | "note">,
  contestants: Readonly<Record<string, Round>>,
  rounds: number,
): Promise<Group> {
  const names = Object.keys(contestants);
  const [baseline = ""] = names;
  const values = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    // Each goes first in its turn: who follows a heavy contestant pays for its garbage.
    const shift = (round + 1) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const value = await contestants[name]?.();
      if (round >= 0 && value !== undefined) values.get(name)?.push(value);
    }
  }
  const base = values.get(baseline) ?? [];
  const measures = [...values].map(([name, each]): Measure => {
    const ratios = each.map((value, round) => value / (base[round] ?? Number.NaN));
    return {
      name,
      value: quantile(each, 0.5),
      ratio: quantile(ratios, 0.5),
      spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
      rounds: each,
    };
  });
  return { ...heading, baseline, measures };
}

/** Work a second, with `inFlight` at a time. */
export async function rate(
  work: () => unknown,
  { times, inFlight }: { times: number; inFlight: number },
): Promise<number> {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (times / (performance.now() - start)) * 1000;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
