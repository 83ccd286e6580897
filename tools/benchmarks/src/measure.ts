/** What one contestant did, and how it compares with the baseline of the same run. */
export interface Measure {
  readonly name: string;
  /** The median of the rounds. */
  readonly value: number;
  /** The median, over rounds, of `value` / baseline. */
  readonly ratio: number;
  /** The quartiles of that; absent where there is nothing that varies. */
  readonly spread?: readonly [number, number] | undefined;
  /** What each round measured; one value where there is nothing that varies. */
  readonly rounds: readonly number[];
}

/** Contestants that did the same work, and were measured in turns. */
export interface Group {
  readonly title: string;
  /** What `value` is in: `B (min+gzip)`, `ms`, `calls/s`. */
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** The name of the measure that has ratio 1. */
  readonly baseline: string;
  /** The name of the measure that does the least of the work: `note` says which part. By default, it is the baseline. */
  readonly limit?: string | undefined;
  readonly measures: readonly Measure[];
  /** What a reader must know to read the numbers. */
  readonly note?: string | undefined;
}

/** What a group is about, beside its measures. */
export type Heading = Pick<Group, "title" | "unit" | "better" | "limit" | "note">;

/** What can be measured by itself: `pnpm bench NAME`. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** @param isNamed Whether it was asked for by its name. It may then take longer. */
  measure(isNamed: boolean): Promise<readonly Group[]>;
}

/** What was measured: each section with its groups. */
export type Results = readonly (readonly [Section, readonly Group[]])[];

/**
 * A group of a section.
 *
 * @throws {Error} if none has this title: it was changed.
 */
export function groupOf(results: Results, { section, group }: Record<"section" | "group", string>): Group {
  const [, groups = []] = results.find(([each]) => each.name === section) ?? [];
  const found = groups.find(({ title }) => title === group);
  if (!found) throw new Error(`There is no "${group}" in ${section}.`);
  return found;
}

/**
 * What someone measured in a group.
 *
 * @throws {Error} if nobody of this name is there.
 */
export function measureOf({ title, measures }: Group, name: string): Measure {
  const measure = measures.find((each) => each.name === name);
  if (!measure) throw new Error(`There is no "${name}" in "${title}".`);
  return measure;
}

/** Compares two contestants in each round by `by` (by default, their ratio), and takes the median over rounds. */
export function compared(
  { rounds }: Measure,
  { rounds: others }: Measure,
  by = (value: number, other: number) => value / other,
): number {
  return quantile(
    rounds.map((value, round) => by(value, others[round] ?? Number.NaN)),
    0.5,
  );
}

/** A group of things that are the same each time they are measured: sizes, counts. */
export function counted(
  heading: Omit<Heading, "better"> & Partial<Heading>,
  values: Readonly<Record<string, number>>,
): Group {
  const [[baseline, base] = ["", Number.NaN]] = Object.entries(values);
  const measures = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    ratio: value / base,
    rounds: [value],
  }));
  return { better: "lower", ...heading, baseline, measures };
}

/** One round of a contestant: what it measured, in the unit of its group. */
export type Round = () => number | Promise<number>;

/**
 * Measures contestants in turns, so that what else the machine does falls on all of them. The first one is the baseline.
 *
 * @param rounds How many are counted; one more goes before them, to warm up.
 */
export async function inTurns(
  heading: Heading,
  contestants: Readonly<Record<string, Round>>,
  rounds: number,
): Promise<Group> {
  const names = Object.keys(contestants);
  const values = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    // Each goes first in its turn: who follows a heavy contestant pays for its garbage.
    const shift = (round + 1) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const value = await contestants[name]?.();
      if (round >= 0 && value !== undefined) values.get(name)?.push(value);
    }
  }
  return compareRounds(heading, values);
}

/** A group of what was measured in turns: the rounds of each contestant. The first one is the baseline. */
export function compareRounds(heading: Heading, values: ReadonlyMap<string, readonly number[]>): Group {
  const [[baseline, base] = ["", []]] = values;
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
