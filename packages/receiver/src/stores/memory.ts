import { checkNumbers, checkRest } from "../check-options.ts";
import type { Store } from "./store.ts";

/** How much a store in memory remembers, and for how long. */
export interface MemoryStoreOptions {
  /**
   * The most deliveries to remember; 10,000 by default. When full, the store forgets the oldest mark: if that delivery is
   * sent again, it is handled again. It never forgets a claim: when it is full of claims, `claim` throws, and the sender
   * comes again.
   */
  readonly maxEntries?: number | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 259,200,000 (three days) by default. It should
   * outlast the retries of MindBridge, whose schedule is not published.
   */
  readonly ttl?: number | undefined;
}

/**
 * A store for one process. It forgets everything when the process ends: for tests, for development, and for deliveries that
 * may be handled again after a restart.
 *
 * @throws {ConfigurationError} if an option cannot work.
 */
export function memoryStore({ maxEntries = 10_000, ttl = 259_200_000, ...rest }: MemoryStoreOptions = {}): Store {
  checkRest("memoryStore", rest);
  checkNumbers({ maxEntries, ttl });
  const claims = new Map<string, { token: string; until: number }>();
  /** Until when to remember each delivery that has been handled, and which token marked it; the oldest first. */
  const handled = new Map<string, { token: string; until: number }>();
  /** Kept between calls: a new iterator would first pass over everything that has been deleted. */
  let oldest = handled.keys();
  let tokens = 0;

  /** Forgets the oldest marks, and then the claims that are over, until there is room for one more. */
  const makeRoom = (now: number) => {
    while (handled.size > 0 && claims.size + handled.size >= maxEntries) {
      const { value, done } = oldest.next();
      if (done) oldest = handled.keys();
      else handled.delete(value);
    }
    if (claims.size < maxEntries) return;
    for (const [id, { until }] of claims) if (until <= now) claims.delete(id);
    if (claims.size >= maxEntries) {
      throw new Error(`The store is full: all ${maxEntries} deliveries in it are being handled. Raise maxEntries.`);
    }
  };
  const end = (id: string, token: string) => claims.get(id)?.token === token && claims.delete(id);
  const isDone = (id: string, now: number) => (handled.get(id)?.until ?? 0) > now;

  return {
    claim(id, lease) {
      const now = performance.now();
      if (isDone(id, now)) return { status: "done" };
      const claim = claims.get(id);
      if (claim && claim.until > now) return { status: "held" };
      if (!claim) makeRoom(now);
      const token = `${++tokens}`;
      claims.set(id, { token, until: now + lease });
      return { status: "claimed", token };
    },
    renew(id, token, lease) {
      const claim = claims.get(id);
      if (claim?.token !== token) return false;
      claim.until = performance.now() + lease;
      return true;
    },
    done(id, token) {
      const now = performance.now();
      if (!end(id, token)) return isDone(id, now) && handled.get(id)?.token === token;
      // An older mark that is over would keep its place: this one is the newest.
      handled.delete(id);
      handled.set(id, { token, until: now + ttl });
      return true;
    },
    release: (id, token) => end(id, token),
  };
}
