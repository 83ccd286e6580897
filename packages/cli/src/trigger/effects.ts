import { setTimeout as wait } from "node:timers/promises";
import { UsageError } from "../usage-error.ts";

/**
 * Asks how many deliveries have been handled.
 *
 * @param options with `atLeast`, asks again until there are so many, for `timeout` milliseconds at most.
 * @throws {UsageError} if the answer is no number.
 */
export async function countEffects(
  url: URL,
  { signal, atLeast = 0, timeout = 0 }: { signal: AbortSignal; atLeast?: number; timeout?: number },
): Promise<number> {
  const end = performance.now() + timeout;
  for (;;) {
    const count = await ask(url, signal);
    if (count >= atLeast || performance.now() >= end) return count;
    await wait(25, undefined, { signal });
  }
}

async function ask(url: URL, signal: AbortSignal): Promise<number> {
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) }).catch(
    () => undefined,
  );
  signal.throwIfAborted();
  const text = (await answer?.text())?.trim() ?? "";
  if (!answer?.ok || !/^\d+$/.test(text)) {
    throw new UsageError(`--effects takes an address that answers GET with a number; ${url.href} does not.`);
  }
  return Number(text);
}
