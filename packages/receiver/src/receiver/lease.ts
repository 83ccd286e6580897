import type { Store } from "../stores/store.ts";
import { type Awaitable, attempt, isPromise, LONGEST_TIMER, within } from "../timer.ts";

/**
 * Keeps a claim by renewing it at each third of its lease.
 *
 * @param lost Called once, if the store says that `token` no longer holds the claim, or if it cannot be asked until the lease
 * is over.
 * @returns Ends the renewing. After that, `lost` is not called.
 */
export function keepClaim(
  store: Pick<Store, "renew">,
  id: string,
  token: string,
  lease: number,
  lost: () => void,
): () => void {
  let until = performance.now() + lease;
  let ended = false;
  let timer: ReturnType<typeof setTimeout>;
  const renewal = async () => {
    const asked = performance.now();
    const ours = await store.renew(id, token, lease);
    if (ours) until = asked + lease;
    return ours;
  };
  const renew = async () => {
    // A process that slept past the end of its lease asks as well: nobody may have wanted the delivery meanwhile.
    const ours = await askUntil(until, renewal, lease, () => ended).catch(() => false);
    if (ended) return;
    if (ours) schedule();
    else lost();
  };
  const schedule = () => {
    timer = setTimeout(() => void renew(), Math.min(lease / 3, LONGEST_TIMER));
  };
  schedule();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/**
 * Marks a delivery as handled. If the store fails or does not answer, it tries again for two thirds of the lease: the effect
 * is there, and without the mark it would come twice. While a handler runs, its claim is renewed at each third, so that
 * much of it is left.
 *
 * @param stopped Whether to try no more.
 * @returns `false` if `token` no longer holds the claim.
 * @throws What the store failed with in the last try.
 */
export function mark(
  store: Pick<Store, "done">,
  id: string,
  token: string,
  lease: number,
  stopped: () => boolean,
): Promise<boolean> {
  return askUntil(performance.now() + (lease * 2) / 3, () => store.done(id, token), lease, stopped);
}

/** Asks the store at least once, and then again and again until it answers or the deadline has passed. */
async function askUntil(
  deadline: number,
  ask: () => Awaitable<boolean>,
  lease: number,
  stopped: () => boolean,
): Promise<boolean> {
  const longest = Math.min(lease / 10, LONGEST_TIMER);
  /** The answer to an earlier try, which may still come. */
  let earlier: Promise<boolean> | undefined;
  for (let wait = longest / 10; ; wait = Math.min(wait * 2, longest)) {
    const answering = attempt(ask);
    if (!isPromise(answering)) return answering;
    try {
      return await within(earlier ? Promise.race([answering, earlier.catch(() => answering)]) : answering, longest);
    } catch (error) {
      if (stopped() || performance.now() + wait > deadline) throw error;
      const answer = earlier ? Promise.any([earlier, answering]) : answering;
      const pause = new Promise<undefined>((resolve) => setTimeout(resolve, wait));
      const late = await Promise.race([answer.catch(() => pause), pause]);
      if (late !== undefined) return late;
      if (stopped()) throw error;
      earlier = answer;
    }
  }
}
