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
  let stop: (reason?: unknown) => void;
  return new Promise<T>((resolve, reject) => {
    stop = (reason) => {
      // Before the abort, so that what the aborted `run` throws comes too late.
      reject(reason);
      controller.abort();
    };
    if (milliseconds === 0) return stop(TIMED_OUT);
    signal?.addEventListener("abort", stop);
    if (milliseconds <= LONGEST_TIMER) timer = setTimeout(stop, milliseconds, TIMED_OUT);
    run(controller.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
}

/** Waits for `milliseconds`, or until `signal` is aborted. */
export async function wait(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  if (signal?.aborted) return;
  await within(Math.min(milliseconds, LONGEST_TIMER), signal, () => new Promise<never>(() => {})).catch(() => {});
}
