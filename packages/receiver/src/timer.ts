import type { Signal } from "./abort.ts";

/** A timer takes at most 24.8 days. A longer one would fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `late` after so many milliseconds, or never, if a timer cannot wait for so long.
 *
 * @returns Stops it.
 */
export function startTimer(milliseconds: number, late: () => void): () => void {
  if (milliseconds > LONGEST_TIMER) return () => {};
  const timer = setTimeout(late, milliseconds);
  return () => clearTimeout(timer);
}

/** An answer, or the promise of one. */
export type Awaitable<T> = T | Promise<T>;

/** Whether an answer is a promise. One of another library may have nothing but `then`. */
export function isPromise<T>(answer: Awaitable<T>): answer is Promise<T> {
  return typeof (answer as Promise<T> | undefined)?.then === "function";
}

/** What `call` returns; an object with `then` becomes a real promise. If `call` throws, a promise that rejects with the error. */
export function attempt<T>(call: () => Awaitable<T>): Awaitable<T> {
  try {
    const answer = call();
    return isPromise(answer) ? Promise.resolve(answer) : answer;
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * What a promise settles with, or the reason of `signal` if it is aborted first.
 *
 * @throws {Error} if it takes longer than so many milliseconds. The message begins with `what`.
 */
export function within<T>(promise: Promise<T>, milliseconds: number, signal?: Signal, what = "The store"): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stopTimer();
      signal?.removeEventListener("abort", abort);
    };
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    const stopTimer = startTimer(milliseconds, () =>
      reject(new Error(`${what} took longer than ${Math.round(milliseconds)} ms.`)),
    );
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    promise.finally(end).then(resolve, reject);
  });
}
