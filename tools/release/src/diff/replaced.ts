import type { Compared } from "./compared.ts";
import { type Difference, nodeKeys } from "./difference.ts";
import { follow, isStepThrough, keysOf, pointerOf, valueAt } from "./json.ts";
import { unwrap } from "./meaning.ts";
import { placeName } from "./place.ts";
import { wholeChange } from "./whole-schema.ts";

/** A place that refers to something else than before, or that something is written into that it referred to. */
export interface Replaced {
  readonly pointer: string;
  readonly what: string;
}

/**
 * The outermost place on the way to a difference where that is so. There, two things are compared that have nothing to do with each
 * other, and neither of them has changed.
 */
export function replacedAt(difference: Difference, { base, revision }: Compared): Replaced | undefined {
  const found = firstApart(difference.path, base, revision);
  if (found === undefined) return undefined;
  const { pointer, before, after } = found;
  const isWithin = (around: Step, side: Difference["base"]): boolean =>
    side === undefined || `${pointerOf(nodeKeys(difference, side))}/`.startsWith(`${around.pointer}/`);
  if (!isWithin(before, difference.base) || !isWithin(after, difference.revision)) return undefined;
  const [from, to] = [unwrap(base, before.value), unwrap(revision, after.value)];
  const whole = from && to && wholeChange([base, revision], { before: from, after: to });
  const what = whole?.rate ? whole.what : `is now ${nameOf(after)}; it was ${nameOf(before)}`;
  return { pointer, what: `${placeName(revision, pointer, [])} ${what}.` };
}

/** What stands at a place, and where that is after every `$ref`. */
interface Step {
  readonly value: unknown;
  readonly pointer: string;
}

/** The first place on a way through `$ref`s that leads elsewhere in each document, by its pointer in the newer one. */
function firstApart(path: string, base: unknown, revision: unknown) {
  let [from, to]: (Step | undefined)[] = [base, revision].map((value) => ({ value, pointer: "#" }));
  for (const key of keysOf(path)) {
    [from, to] = [stepInto(from, key, base), stepInto(to, key, revision)];
    if (from?.value === undefined || to?.value === undefined) return undefined;
    const [before, after] = [follow(base, from.value, from.pointer), follow(revision, to.value, to.pointer)];
    if (before.pointer !== after.pointer) return { pointer: to.pointer, before, after };
  }
  return undefined;
}

function stepInto(at: Step | undefined, key: string, document: unknown): Step | undefined {
  if (at === undefined || isStepThrough(key, at.value)) return at && follow(document, at.value, at.pointer);
  const step = pointerOf([key]);
  const into = ({ value, pointer }: Step): Step => ({ value: valueAt(value, step), pointer: pointer + step.slice(1) });
  const own = into(at);
  return own.value === undefined ? into(follow(document, at.value, at.pointer)) : own;
}

function nameOf({ pointer }: Step): string {
  const [root, , name, ...rest] = keysOf(pointer);
  return root === "components" && name !== undefined && rest.length === 0 ? `\`${name}\`` : "written in place";
}
