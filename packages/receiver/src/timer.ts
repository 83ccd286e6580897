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
