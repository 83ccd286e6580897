/** What {@link within} rejects with when the time is up. */
export const TIMED_OUT = Symbol();

/** The longest time that `setTimeout` can take, 24.8 days: what is longer would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `run` for at most `milliseconds`, and until `signal` is aborted. It does not wait for a `run` that ignores the
 * signal it is given, and leaves neither a timer nor a listener behind.
 */
export const within = <T>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: () => void;
  return new Promise<T>((resolve, reject) => {
    // Rejecting comes first: what the aborted `run` throws must not win.
    const stop = (reason?: symbol) => {
      reject(reason);
      controller.abort();
    };
    onAbort = () => stop();
    signal?.addEventListener("abort", onAbort);
    if (milliseconds < Infinity) timer = setTimeout(stop, Math.min(milliseconds, LONGEST_TIMER), TIMED_OUT);
    if (milliseconds && !signal?.aborted) run(controller.signal).then(resolve, reject);
    else stop(TIMED_OUT);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
};
