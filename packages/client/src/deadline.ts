/** What {@link within} rejects with when the time is up. */
export const TIMED_OUT = Symbol();

/** `setTimeout` takes no more than 24.8 days, and fires at once if it is given more. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `run` for at most `milliseconds`, and until `signal` is aborted. It does not wait for a `run` that ignores the
 * signal it is given, and leaves neither a timer nor a listener behind.
 */
export function within<T>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<T>((resolve, reject) => {
    const stop = (reason?: unknown) => {
      // Before the abort, so that what the aborted `run` throws comes too late.
      reject(reason);
      controller.abort();
    };
    if (milliseconds === 0) return stop(TIMED_OUT);
    signal?.addEventListener("abort", stop, { signal: controller.signal });
    if (milliseconds <= LONGEST_TIMER) timer = setTimeout(stop, milliseconds, TIMED_OUT);
    run(controller.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    // Takes the listener away.
    if (signal) controller.abort();
  });
}

/** Waits for `milliseconds`, or until `signal` is aborted. */
export function wait(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      // Takes the listener away.
      controller.abort();
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER));
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end, { signal: controller.signal });
  });
}
