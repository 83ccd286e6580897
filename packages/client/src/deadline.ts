/** What {@link within} rejects with when the time is up. */
export const TIMED_OUT = Symbol();

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
  return new Promise<T>((resolve, reject) => {
    // Rejecting comes first: what the aborted `run` throws must not win.
    const stop = (reason?: unknown) => {
      reject(reason);
      controller.abort();
    };
    signal?.addEventListener("abort", stop, controller);
    // `setTimeout` takes no more than 24.8 days, and would fire at once.
    if (milliseconds < 2 ** 31) timer = setTimeout(stop, milliseconds, TIMED_OUT);
    if (milliseconds && !signal?.aborted) run(controller.signal).then(resolve, reject);
    else stop(TIMED_OUT);
  }).finally(() => {
    clearTimeout(timer);
    // Takes the listener away.
    if (signal) controller.abort();
  });
};
