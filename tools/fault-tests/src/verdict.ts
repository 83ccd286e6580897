import type { Entry } from "./journal.ts";

/** An effect, as it is found in the end. */
export interface Effect {
  readonly delivery: string;
  readonly attempt: string;
}

/** What became of all deliveries. */
export interface Verdict {
  /** Deliveries without an effect, though the sender was told that they had been handled. */
  readonly lost: string[];
  /** Deliveries with more than one effect. */
  readonly twice: string[];
  /** Of those, the ones of which more than one effect is not accounted for by what is counted in `causes`. */
  readonly unexplained: string[];
  /** Deliveries that the store let be marked more than once. None may be, with any store. */
  readonly markedTwice: string[];
  /** Why effects came without a mark, each counted once for each effect of a delivery with more than one. */
  readonly causes: Causes;
  /** Attempts that lost their claim to another, and were refused the mark. */
  readonly fenced: number;
}

export interface Causes {
  /** The process was killed after the effect, before the mark was noted. */
  killed: number;
  /** The process stood still for longer than its lease, and the store refused the mark. */
  stopped: number;
  /** The store did not answer when it was to mark. */
  store: number;
}

/**
 * Judges a run by its effects and journals.
 *
 * @param deliveries All that were sent and answered as handled.
 * @param killed Whether the process of an attempt was killed.
 * @param lease How long a claim held, in milliseconds.
 */
export function judge({
  deliveries,
  effects,
  journal,
  killed,
  lease,
}: {
  readonly deliveries: readonly string[];
  readonly effects: readonly Effect[];
  readonly journal: readonly Entry[];
  readonly killed: (attempt: string) => boolean;
  readonly lease: number;
}): Verdict {
  const ends = new Map(journal.filter(({ event }) => event !== "started").map((entry) => [entry.attempt, entry]));
  const effectsOf = Map.groupBy(effects, ({ delivery }) => delivery);
  const marks = Map.groupBy(
    journal.filter(({ event }) => event === "marked"),
    ({ delivery }) => delivery,
  );
  const causes: Causes = { killed: 0, stopped: 0, store: 0 };
  const causeOf = (attempt: string): keyof Causes | undefined => {
    const end = ends.get(attempt);
    if (!end) return killed(attempt) ? "killed" : undefined;
    if (end.event === "marked") return undefined;
    if (end.code === "store") return "store";
    return end.code === "lease_lost" && (end.elapsed ?? 0) >= lease ? "stopped" : undefined;
  };

  const lost: string[] = [];
  const twice: string[] = [];
  const unexplained: string[] = [];
  for (const delivery of deliveries) {
    const attempts = (effectsOf.get(delivery) ?? []).map(({ attempt }) => attempt);
    if (attempts.length === 0) lost.push(delivery);
    if (attempts.length < 2) continue;
    twice.push(delivery);
    const found = attempts.map(causeOf);
    for (const cause of found) if (cause) causes[cause]++;
    // One is as it should be. An effect that is there twice for one attempt is not explained by the death of that.
    const accounted = new Set(attempts).size === attempts.length && found.filter((cause) => !cause).length <= 1;
    if (!accounted) unexplained.push(delivery);
  }
  return {
    lost,
    twice,
    unexplained,
    markedTwice: [...marks].filter(([, entries]) => entries.length > 1).map(([delivery]) => delivery),
    causes,
    fenced: journal.filter(({ code }) => code === "lease_lost").length,
  };
}

/** What went wrong in a run that must not. */
export function faultsOf({
  transactional,
  lost,
  twice,
  unexplained,
  markedTwice,
}: Verdict & { readonly transactional: boolean }): string[] {
  const faults = {
    "lost their effect": lost,
    "had their effect twice, in a transaction": transactional ? twice : [],
    "had an effect twice, and no process died or stood still before the mark": unexplained,
    "were marked twice": markedTwice,
  };
  return Object.entries(faults)
    .filter(([, deliveries]) => deliveries.length > 0)
    .map(([what, deliveries]) => `${deliveries.length} deliveries ${what}: ${deliveries.slice(0, 5).join(", ")}`);
}
