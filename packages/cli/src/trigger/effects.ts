import { setTimeout as wait } from "node:timers/promises";
import { shownUrl } from "../loopback.ts";
import { UsageError } from "../usage-error.ts";

/** Counts the effects of deliveries, by asking an address. */
export interface EffectCounter {
  /** How many there were at the start. */
  readonly start: number;
  /** Waits until there are so many, or for as long as an answer may take after the last one, and says how many there are. */
  reach(atLeast: number): Promise<number>;
  /** Waits until no more come, adapting to how long they took so far, and says how many there are. */
  settle(): Promise<number>;
}

/** How to count. */
export interface CountOptions {
  /** How long to wait for an effect, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Thrown where counting turns out to be impossible, and caught by `unlessUncountable`. */
const UNCOUNTABLE = new Error("The address stopped to answer with a number, or the number does not come to rest.");

/** How often it is asked, in milliseconds. */
const INTERVAL = 25;

/**
 * Makes a counter.
 *
 * @throws {UsageError} if the address does not answer with a number.
 */
export async function createEffectCounter(url: URL, { timeout, signal }: CountOptions): Promise<EffectCounter> {
  const start = await ask(url, signal);
  if (start === undefined) {
    throw new UsageError(`--effects takes an address that answers GET with a number; ${shownUrl(url)} does not.`);
  }
  /** The longest that an effect let itself be waited for: one that has not come after twice that will not come. */
  let slowest = 0;

  const watch = async (isDone: (count: number, unchangedFor: number) => boolean): Promise<number> => {
    // What others use as well may never come to rest.
    const end = performance.now() + 3 * timeout;
    let since = performance.now();
    for (let last: number | undefined; performance.now() < end; await wait(INTERVAL, undefined, { signal })) {
      const count = await ask(url, signal);
      if (count === undefined) break;
      const now = performance.now();
      if (last !== undefined && count !== last) {
        slowest = Math.max(slowest, now - since);
        since = now;
      }
      last = count;
      if (isDone(count, now - since)) return count;
    }
    throw UNCOUNTABLE;
  };
  return {
    start,
    reach: (atLeast) => watch((count, unchangedFor) => count >= atLeast || unchangedFor >= timeout),
    settle: () => watch((_, unchangedFor) => unchangedFor >= 2 * slowest + 4 * INTERVAL),
  };
}

/** What is counted; `undefined` where that turns out to be impossible. */
export async function unlessUncountable<T>(counting: Promise<T>): Promise<T | undefined> {
  try {
    return await counting;
  } catch (error) {
    if (error === UNCOUNTABLE) return undefined;
    throw error;
  }
}

/** The number that it answers with, if it does. */
async function ask(url: URL, signal: AbortSignal): Promise<number | undefined> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  try {
    const answer = await fetch(shownUrl(url), { headers: authorizationOf(url), signal: limited });
    const text = (await answer.text()).trim();
    return answer.ok && /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** `fetch` takes no address that holds a name and a password. */
function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${credentials.toString("base64")}` };
}
