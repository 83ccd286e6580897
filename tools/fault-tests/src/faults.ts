import type { Report } from "./run.ts";

/** What must not be, of a run: empty where all is well. */
export function faultsOf({ transactional, lost, twice, unexplained, markedTwice }: Report): string[] {
  const faults = {
    "lost their effect": lost,
    "had an effect twice, in transactions": transactional ? twice : [],
    "had an effect twice, and no process died or stood still in between": unexplained,
    "were marked twice": markedTwice,
  };
  return Object.entries(faults)
    .filter(([, deliveries]) => deliveries.length > 0)
    .map(([what, deliveries]) => `${deliveries.length} deliveries ${what}: ${deliveries.slice(0, 5).join(", ")}`);
}
