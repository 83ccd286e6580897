import { ConfigurationError } from "./errors.ts";

/** Says how many deliveries an endpoint has handled so far; `undefined` if that cannot be told. */
export type CountEffects = () => number | undefined | Promise<number | undefined>;

/** Watches a count of effects. */
export interface EffectCounter {
  /** How many there were at the start. */
  readonly start: number;
  /** Waits until there are so many, or until none has come for as long as `timeout`, and returns how many there are. */
  reach(atLeast: number): Promise<number>;
  /** Waits until no more come, which depends on how long they took so far, and returns how many there are. */
  settle(): Promise<number>;
}

/** Thrown if effects cannot be counted any more, and caught by `unlessUncountable`. */
const UNCOUNTABLE = new Error("The number of effects cannot be told any more, or does not come to rest.");

/** How often effects are counted, in milliseconds. */
const INTERVAL = 25;

/**
 * Makes a counter; `undefined` if there is nothing to count by.
 *
 * @throws {ConfigurationError} if `count` returns something else than a whole number.
 */
export async function createEffectCounter(
  count: CountEffects | undefined,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal | undefined },
): Promise<EffectCounter | undefined> {
  const start = count && (await ask(count));
  if (!count || start === undefined) return undefined;
  /** The longest time that an effect took. After twice that time, none is expected to come. */
  let slowest = 0;

  const watch = async (isDone: (now: number, unchangedFor: number) => boolean): Promise<number> => {
    // A count that others change as well may never come to rest.
    const end = performance.now() + 3 * timeout;
    let since = performance.now();
    for (let last: number | undefined; performance.now() < end; await wait(INTERVAL)) {
      signal?.throwIfAborted();
      const current = await ask(count);
      if (current === undefined) break;
      const now = performance.now();
      if (last !== undefined && current !== last) {
        slowest = Math.max(slowest, now - since);
        since = now;
      }
      last = current;
      if (isDone(current, now - since)) return current;
    }
    throw UNCOUNTABLE;
  };
  return {
    start,
    reach: (atLeast) => watch((current, unchangedFor) => current >= atLeast || unchangedFor >= timeout),
    settle: () => watch((_, unchangedFor) => unchangedFor >= 2 * slowest + 4 * INTERVAL),
  };
}

/** The result of counting; `undefined` if effects cannot be counted any more. */
export async function unlessUncountable<T>(counting: Promise<T>): Promise<T | undefined> {
  try {
    return await counting;
  } catch (error) {
    if (error === UNCOUNTABLE) return undefined;
    throw error;
  }
}

async function ask(count: CountEffects): Promise<number | undefined> {
  const value: unknown = await count();
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0))
    return value as number | undefined;
  throw new ConfigurationError(
    "effects: return how many deliveries were handled so far, or undefined if that is not known.",
  );
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
