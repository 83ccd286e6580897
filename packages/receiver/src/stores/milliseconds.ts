/** How long stores outside of the process remember that a delivery has been handled: seven days. */
export const KEEP_FOR = 604_800_000;

/** Servers take whole milliseconds, at least one; and no more than a century, which stands for `Infinity`. */
export const wholeMilliseconds = (value: number): number =>
  Math.min(Math.max(1, Math.ceil(value)), 100 * 365 * 86_400_000);
