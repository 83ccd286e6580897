import type { KeyAnswer, KeyFunction, PublicKey, UnverifiedSender } from "./verify/key-source.ts";

/**
 * A key function whose keys may be older than a rotation, and which can be asked to fetch them again.
 *
 * Where no key of such a function matches, the receiver calls `refresh`, and verifies once more with what the function
 * then gives, whatever `refresh` said. Where that fails too, the answer of `refresh` decides:
 *
 * - `"fresh"`: the keys were fetched after this call. No match is final, and the sender gets 401.
 * - `"throttled"`: they may be older. This may be a rotation: the sender gets 503, and comes again.
 *
 * Where it rejects, the key source is down: 503. The keys of a function without `refresh`, and keys that are written down,
 * count as fresh.
 */
export interface RefreshableKeys extends KeyFunction {
  refresh(unverified: UnverifiedSender): Promise<"fresh" | "throttled">;
}

/** Asks for the public key of a sender, by the id of the webhook. */
export type FetchKey = (senderId: string) => KeyAnswer | Promise<KeyAnswer>;

export interface RotatingKeysOptions {
  /** The ids of the webhooks whose deliveries are accepted. For any other, nothing is fetched, and there is no key. */
  readonly senders: readonly string[];
  /** For how long a key is used before it is fetched again, in milliseconds; 300,000 by default. */
  readonly ttl?: number | undefined;
  /** The least time between two calls for one sender, in milliseconds; 30,000 by default. Failed calls count. */
  readonly minInterval?: number | undefined;
  /**
   * For how long the previous key still verifies after another was found, in milliseconds; 0 by default, since a key may
   * have been replaced because it was stolen.
   */
  readonly previousKeyGrace?: number | undefined;
}

/** What is known of the keys of one sender. Times are those of `performance.now()`. */
interface Entry {
  keys: readonly PublicKey[];
  fetchedAt: number;
  askedAt: number;
  previous: readonly PublicKey[];
  previousUntil: number;
  pending: Promise<void> | undefined;
  failure: { error: unknown } | undefined;
}

/**
 * Keys that are fetched by sender, cached, and fetched again when they are old or when a delivery does not match: so a
 * rotation needs no restart. However many deliveries come, there is one call at a time for a sender, and at most one in
 * `minInterval`.
 *
 * With the client: `rotatingKeys(async (id) => (await mindbridge.webhooks.get(id)).publicKey, { senders: [webhook.id] })`.
 */
export function rotatingKeys(
  fetchKey: FetchKey,
  { senders, ttl = 300_000, minInterval = 30_000, previousKeyGrace = 0 }: RotatingKeysOptions,
): RefreshableKeys {
  const entries = new Map<string | undefined, Entry>();
  for (const sender of senders) {
    entries.set(sender, {
      keys: [],
      fetchedAt: Number.NEGATIVE_INFINITY,
      askedAt: Number.NEGATIVE_INFINITY,
      previous: [],
      previousUntil: 0,
      pending: undefined,
      failure: undefined,
    });
  }
  const isThrottled = ({ askedAt }: Entry) => performance.now() - askedAt < minInterval;

  const load = async (senderId: string, entry: Entry) => {
    const askedAt = performance.now();
    entry.askedAt = askedAt;
    try {
      const keys = [(await fetchKey(senderId)) ?? []].flat();
      if (JSON.stringify(keys) !== JSON.stringify(entry.keys)) {
        entry.previous = entry.keys;
        entry.previousUntil = performance.now() + previousKeyGrace;
        entry.keys = keys;
      }
      entry.fetchedAt = askedAt;
      entry.failure = undefined;
    } catch (error) {
      entry.failure = { error };
      throw error;
    } finally {
      entry.pending = undefined;
    }
  };
  const fetchOnce = (senderId: string, entry: Entry) => {
    entry.pending ??= load(senderId, entry);
    return entry.pending;
  };
  const keysOf = ({ keys, previous, previousUntil }: Entry) =>
    performance.now() < previousUntil ? [...keys, ...previous] : keys;

  const keys: KeyFunction = ({ senderId }) => {
    const entry = entries.get(senderId);
    if (senderId === undefined || !entry) return undefined;
    if (performance.now() - entry.fetchedAt < ttl) return keysOf(entry);
    if (entry.pending || !isThrottled(entry)) return fetchOnce(senderId, entry).then(() => keysOf(entry));
    if (entry.failure) throw entry.failure.error;
    return keysOf(entry);
  };
  return Object.assign(keys, {
    async refresh({ senderId }: UnverifiedSender) {
      const entry = entries.get(senderId);
      if (senderId === undefined || !entry) return "fresh" as const;
      if (entry.pending) {
        // Begun before this delivery was looked at, perhaps before the rotation.
        await entry.pending;
        return "throttled" as const;
      }
      if (isThrottled(entry)) return "throttled" as const;
      await fetchOnce(senderId, entry);
      return "fresh" as const;
    },
  });
}
