import type { Store } from "../stores/store.ts";

/**
 * Keeps a claim by renewing it at each third of its lease.
 *
 * @param lost Called once, where the store says that the claim is another's, or where it could not be asked for so long
 * that it may be.
 * @returns Ends the renewing; `lost` is not called after it.
 */
export function keepClaim(
  store: Pick<Store, "renew">,
  id: string,
  token: string,
  lease: number,
  lost: () => void,
): () => void {
  let until = performance.now() + lease;
  let asking = false;
  let ended = false;
  const end = () => {
    ended = true;
    clearInterval(timer);
  };
  const lose = () => {
    if (ended) return;
    end();
    lost();
  };
  const loseWhenOver = () => {
    if (performance.now() >= until) lose();
  };
  const renew = async () => {
    // A process that slept past its lease asks first: nobody may have wanted the delivery meanwhile.
    if (asking) return loseWhenOver();
    asking = true;
    const asked = performance.now();
    try {
      if (await store.renew(id, token, lease)) until = asked + lease;
      else lose();
    } catch {
      loseWhenOver();
    }
    asking = false;
  };
  // A timer takes no more than 24.8 days, and would fire all the time.
  const timer = setInterval(() => void renew(), Math.min(lease / 3, 2 ** 31 - 1));
  return end;
}
