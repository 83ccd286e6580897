import type { Rating } from "./change.ts";

/**
 * How a change moves what is allowed: `wider` allows all that was and more, `narrower` less, `other` takes something away and
 * lets something else in, or cannot be told. `same` is no change of it.
 */
export type Shift = "same" | "wider" | "narrower" | "other";

/** Whether TypeScript sees it: a limit or a format is nothing to a type. */
export type Visibility = "typed" | "untyped";

const SENT: Readonly<Record<Shift, Rating>> = {
  same: { level: "patch", reason: "What may be sent stays as it was." },
  wider: { level: "minor", reason: "More may be sent than before, which is new API; what was sent stays valid." },
  narrower: { level: "major", reason: "What was sent before may be refused, or no longer compiles." },
  other: { level: "major", reason: "What was sent before may be refused, or means something else." },
};

/** What a shift means where users write the value. */
export function ratingOfSent(shift: Shift): Rating {
  return SENT[shift];
}

const READ: Readonly<Record<Shift, Rating>> = {
  same: { level: "patch", reason: "What comes stays as it was." },
  wider: { level: "major", reason: "Something may come that could not come before, and code does not expect it." },
  narrower: { level: "minor", reason: "More is promised than before, and code can rely on it." },
  other: { level: "major", reason: "Something else may come than before." },
};

/** What a shift means where users read the value. */
export function ratingOfRead(shift: Shift, visibility: Visibility): Rating {
  return shift === "narrower" && visibility === "untyped"
    ? { level: "patch", reason: "More is promised than before, in a way that no type shows." }
    : READ[shift];
}

/** From sets of what is allowed; `undefined` is anything. */
export function shiftOfSets(before: ReadonlySet<string> | undefined, after: ReadonlySet<string> | undefined): Shift {
  if (before === undefined || after === undefined) {
    if (before === after) return "same";
    return before === undefined ? "narrower" : "wider";
  }
  const [keeps, adds] = [before.isSubsetOf(after), !after.isSubsetOf(before)];
  if (keeps) return adds ? "wider" : "same";
  return adds ? "other" : "narrower";
}

export interface Bound {
  readonly value: number;
  /** Whether the value itself is ruled out. */
  readonly isExclusive: boolean;
}

/** From the bounds of one kind: a lower one that rises, or an upper one that falls, allows less. */
export function shiftOfBounds(kind: "lower" | "upper", before: readonly Bound[], after: readonly Bound[]): Shift {
  const rank = ({ value, isExclusive }: Bound): readonly [number, number] => [
    kind === "lower" ? value : -value,
    Number(isExclusive),
  ];
  const none = [Number.NEGATIVE_INFINITY, 0] as const;
  const tighter = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0] || a[1] - b[1];
  const tightest = (bounds: readonly Bound[]) => bounds.map(rank).toSorted(tighter).at(-1) ?? none;
  const [from, to] = [tightest(before), tightest(after)];
  if (from[0] === to[0] && from[1] === to[1]) return "same";
  return tighter(from, to) < 0 ? "narrower" : "wider";
}
