import type { Effect, Entry } from "./journal.ts";
import type { Phase } from "./kinds.ts";

/** What became of all deliveries. */
export interface Verdict {
  /** Deliveries without an effect, though the sender was told that they had been handled. */
  readonly lost: readonly string[];
  /** Deliveries with more than one effect. */
  readonly doubled: readonly string[];
  /** Of those, the ones that `causes` do not explain, with how each attempt ended. */
  readonly unexplained: readonly string[];
  /** Deliveries that the store let be marked by more than one attempt. */
  readonly markedTwice: readonly string[];
  /** Why effects have no mark, counted once for each effect of a doubled delivery. */
  readonly causes: Causes;
  /** How many attempts lost their claim to another, and were refused the mark. */
  readonly fenced: number;
}

export interface Causes {
  /** The process was killed after the effect and before the mark. */
  killed: number;
  /** The process stood still, and lost its claim. */
  stoodStill: number;
  /** Another process stood still meanwhile, and the database was locked until the process gave up. */
  locked: number;
}

/**
 * Judges by effects and journals.
 *
 * @param deliveries All that were sent, and answered as handled.
 */
export function judge({
  deliveries,
  effects,
  journal,
  killed,
  locked,
}: {
  readonly deliveries: readonly string[];
  readonly effects: readonly Effect[];
  readonly journal: readonly Entry[];
  readonly killed: (attempt: string) => boolean;
  /** Whether another process may have kept the database locked for the attempt, because it stood still. */
  readonly locked: (attempt: Entry) => boolean;
}): Verdict {
  const ends = new Map(journal.filter(({ event }) => event !== "effect").map((entry) => [entry.attempt, entry]));
  const effectsOf = Map.groupBy(effects, ({ delivery }) => delivery);
  const marks = Map.groupBy(
    journal.filter(({ event }) => event === "marked"),
    ({ delivery }) => delivery,
  );
  const causes: Causes = { killed: 0, stoodStill: 0, locked: 0 };
  const causeOf = (attempt: string): keyof Causes | undefined => {
    const end = ends.get(attempt);
    if (!end) return killed(attempt) ? "killed" : undefined;
    if (end.event !== "failed") return undefined;
    if (end.stoodStill) return "stoodStill";
    return end.code === "store" && locked(end) ? "locked" : undefined;
  };

  const endOf = (attempt: string) => {
    const { event = "no end", code = "" } = ends.get(attempt) ?? {};
    return `${attempt}: ${event} ${code}`.trim();
  };

  const lost: string[] = [];
  const doubled: string[] = [];
  const unexplained: string[] = [];
  for (const delivery of deliveries) {
    const attempts = (effectsOf.get(delivery) ?? []).map(({ attempt }) => attempt);
    if (attempts.length === 0) lost.push(delivery);
    if (attempts.length < 2) continue;
    doubled.push(delivery);
    const found = attempts.map(causeOf);
    for (const cause of found) if (cause) causes[cause]++;
    // One effect needs no explanation. Two effects of one attempt have none.
    const isExplained = new Set(attempts).size === attempts.length && found.filter((cause) => !cause).length <= 1;
    if (!isExplained) unexplained.push(`${delivery} (${attempts.map(endOf).join("; ")})`);
  }
  return {
    lost,
    doubled,
    unexplained,
    markedTwice: [...marks].filter(([, entries]) => entries.length > 1).map(([delivery]) => delivery),
    causes,
    fenced: journal.filter(({ code }) => code === "lease_lost").length,
  };
}

/** What happened in a phase that must not. */
export function faultsOf({
  phase,
  transactional,
  lost,
  doubled,
  unexplained,
  markedTwice,
  crashes,
}: Verdict & {
  readonly phase: Phase;
  readonly transactional: boolean;
  readonly crashes: readonly string[];
}): string[] {
  const faults = {
    "lost their effect": lost,
    "had their effect twice, in a transaction": transactional ? doubled : [],
    "had their effect twice, and no process died or stood still before the mark": unexplained,
    "were marked twice": markedTwice,
  };
  return [
    ...Object.entries(faults)
      .filter(([, deliveries]) => deliveries.length > 0)
      .map(([what, deliveries]) => `${deliveries.length} deliveries ${what}: ${deliveries.slice(0, 5).join(", ")}`),
    ...crashes.map((crash) => `a process ended by itself: ${crash}`),
  ].map((fault) => `${phase}: ${fault}`);
}
