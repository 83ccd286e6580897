import type { Change, Direction, Rating } from "./change.ts";
import type { Compared } from "./compared.ts";
import type { Difference } from "./difference.ts";
import { LEVELS } from "./level.ts";
import { type Use, usesAt } from "./uses.ts";

/** The highest of what each direction makes of a change. Where nothing uses the node, its type may still be read. */
export function rateAll(
  pointer: string,
  uses: readonly Use[],
  what: string,
  rate: (use: Use | undefined) => Rating,
): Change {
  const rating = gravest(uses.length === 0 ? [rate(undefined)] : uses.map(rate));
  const directions = [...new Set(uses.map(({ direction }) => direction))];
  return {
    ...rating,
    directions: directions.length > 0 ? directions : ["name"],
    operations: operationsOf(uses),
    pointer,
    what,
  };
}

/** What is only read by people. */
export function documented(pointer: string, what: string, rating: Rating = DOCUMENTATION): Change {
  return { ...rating, directions: ["documentation"], operations: [], pointer, what };
}

const DOCUMENTATION: Rating = {
  level: "patch",
  reason: "Descriptions and examples are published with the packages, and nothing else changes.",
};

/** Several changes told as one: the gravest of them says what they mean. */
export function combined([first, ...others]: readonly [Change, ...Change[]]): Change {
  const all = [first, ...others];
  const { level, reason } = gravest(all);
  const met = all.filter((each) => each.level === level);
  const directions = [...new Set(met.flatMap((each): readonly Direction[] => each.directions))];
  return { ...first, level, reason, directions, operations: [...new Set(met.flatMap(({ operations }) => operations))] };
}

function gravest<T extends Rating>(ratings: readonly T[]): T {
  return ratings.reduce((a, b) => (LEVELS.indexOf(b.level) > LEVELS.indexOf(a.level) ? b : a));
}

/** The uses that have changed: those at the same place in both documents, where both have the node. */
export function usesOfDifference({ kind, base, revision }: Difference, compared: Compared): readonly Use[] {
  const { baseUses, revisionUses } = compared;
  const [before, after] = [
    base ? usesAt(baseUses, base.pointer) : [],
    revision ? usesAt(revisionUses, revision.pointer) : [],
  ];
  if (kind === "added") return onlyHere(after, compared.baseSites);
  if (kind === "removed") return onlyHere(before, compared.revisionSites);
  const sites = new Set(before.map(({ site }) => site));
  const shared = after.filter(({ site }) => sites.has(site));
  return shared.length > 0 ? shared : [...before, ...after];
}

/** The uses whose place is not in the other document: a schema may be used in more places than the one that has changed. */
function onlyHere(uses: readonly Use[], others: ReadonlySet<string>): readonly Use[] {
  const own = uses.filter(({ site }) => !others.has(site));
  return own.length > 0 ? own : uses;
}

export function operationsOf(uses: readonly Use[]): string[] {
  return [...new Set(uses.map(({ operation }) => operation))];
}

/** Whether users write what has this direction; otherwise they read it. */
export function isSent(direction: Direction): boolean {
  return direction === "request" || direction === "answer";
}
