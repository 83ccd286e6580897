/** What one contestant did, and how it compares with the baseline of the same run. */
export interface Measure {
  readonly name: string;
  /** The median of the rounds. */
  readonly value: number;
  /** The median of what each round makes of `value` / baseline. */
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
  readonly measures: readonly Measure[];
  /** What a reader must know to read the numbers. */
  readonly note?: string | undefined;
}

/** What can be measured by itself: `pnpm bench NAME`. */
export interface Section {
  readonly name: string;
  readonly title: string;
  measure(): Promise<readonly Group[]>;
}

/** What was measured: each section with its groups. */
export type Results = readonly (readonly [Section, readonly Group[]])[];

/**
 * What someone measured in a group.
 *
 * @throws {Error} if nobody of this name is there: a title has changed.
 */
export function measureOf(results: Results, { section, group, name }: Record<"section" | "group" | "name", string>) {
  const [, groups = []] = results.find(([each]) => each.name === section) ?? [];
  const measure = groups.find(({ title }) => title === group)?.measures.find((each) => each.name === name);
  if (!measure) throw new Error(`There is no "${name}" in "${group}" of ${section}.`);
  return measure;
}

/** A group of things that are the same each time they are measured: sizes, counts. */
export function counted(
  heading: Pick<Group, "title" | "unit" | "note"> & Partial<Pick<Group, "better">>,
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
