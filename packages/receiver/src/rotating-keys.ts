import { checkFunctions, checkNumbers, checkRest } from "./check-options.ts";
import { ConfigurationError } from "./errors.ts";
import type { KeyAnswer, KeyFunction, PublicKey, UnverifiedSender } from "./verify/key-source.ts";
import { checkPresent, checkSender, itemOf } from "./verify/keys.ts";

/**
 * A key function whose keys may be older than a rotation, and which can fetch them again.
 *
 * Where none of its keys matches, the receiver calls `refresh`, asks the function again, and verifies once more. If no key
 * matches then either, the answer of `refresh` decides:
 *
 * - `"fresh"`: the keys were fetched after this call. The mismatch is final, and the sender gets 401.
 * - `"throttled"`: the keys may be older. They may have been rotated since: the sender gets 503, and comes again.
 *
 * Where `refresh` rejects, the key source is down: 503. Keys that are written down, and those of a function without
 * `refresh`, count as fresh.
 */
export interface RefreshableKeys extends KeyFunction {
  refresh(unverified: UnverifiedSender): Promise<"fresh" | "throttled">;
}

/**
 * Asks for the public key of a sender, by the id of the webhook. If there is none, the call has failed: deliveries are sent
 * again, and it is asked again after `minInterval`.
 */
export type FetchKey = (senderId: string) => KeyAnswer | Promise<KeyAnswer>;

/** For which senders keys are fetched, and how often. */
export interface RotatingKeysOptions {
  /** The ids of the webhooks whose deliveries are accepted. No other has a key, and nothing is fetched for it. */
  readonly senders: readonly (string | undefined)[];
  /** For how long a key is used before it is fetched again, in milliseconds; 300,000 by default. */
  readonly ttl?: number | undefined;
  /** The least time between two calls for one sender, in milliseconds; 30,000 by default. Failed calls count, too. */
  readonly minInterval?: number | undefined;
  /**
   * For how long the previous key still verifies after another was found, in milliseconds; 0 by default, since a key may
   * have been replaced because it was stolen.
   */
  readonly previousKeyGrace?: number | undefined;
}

/** After so many milliseconds, a call that has not come back is not waited for any more. */
const ABANDONED_AFTER = 60_000;

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
 * Keys that are fetched by sender, cached, and fetched again when they are old or when a delivery does not match. So a
 * rotation needs no restart. However many deliveries come, each sender gets at most one call in `minInterval`.
 *
 * With the client: `rotatingKeys(async (id) => (await mindbridge.webhooks.get(id)).publicKey, { senders: [webhook.id] })`.
 *
 * @throws {ConfigurationError} if `senders`, or one of them, is missing or empty, as where its variable is unset, or if another
 * option cannot work.
 */
export function rotatingKeys(fetchKey: FetchKey, options: RotatingKeysOptions): RefreshableKeys {
  const given = Object(options) as RotatingKeysOptions;
  const { senders, ttl = 300_000, minInterval = 30_000, previousKeyGrace = 0, ...rest } = given;
  checkFunctions("fetchKey", fetchKey);
  checkRest("rotatingKeys", rest);
  if (!Array.isArray(senders ?? [])) throw new ConfigurationError("senders must be a list of ids of webhooks.");
  checkPresent("senders", senders);
  checkNumbers({ ttl, minInterval, previousKeyGrace });
  const entries = new Map<string | undefined, Entry>();
  for (const [index, sender] of senders.entries()) {
    checkSender(itemOf("senders", index), sender);
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
      const keys = [(await fetchKey(senderId)) ?? []].flat() as readonly PublicKey[];
      if (keys.length === 0) throw new ConfigurationError("There is no key for a sender that is listed.");
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
      if (entry.askedAt === askedAt) entry.pending = undefined;
    }
  };
  const underWay = ({ pending, askedAt }: Entry) =>
    performance.now() - askedAt < ABANDONED_AFTER ? pending : undefined;
  const fetchOnce = (senderId: string, entry: Entry) => {
    entry.pending = underWay(entry) ?? load(senderId, entry);
    return entry.pending;
  };
  const keysOf = ({ keys, previous, previousUntil }: Entry) =>
    performance.now() < previousUntil ? [...keys, ...previous] : keys;

  const keys: KeyFunction = ({ senderId }) => {
    const entry = entries.get(senderId);
    if (senderId === undefined || !entry) return undefined;
    if (performance.now() - entry.fetchedAt < ttl) return keysOf(entry);
    if (underWay(entry) || !isThrottled(entry)) return fetchOnce(senderId, entry).then(() => keysOf(entry));
    if (entry.failure) throw entry.failure.error;
    return keysOf(entry);
  };
  return Object.assign(keys, {
    async refresh({ senderId }: UnverifiedSender) {
      const entry = entries.get(senderId);
      if (senderId === undefined || !entry) return "fresh" as const;
      const begun = underWay(entry);
      if (begun) {
        // Perhaps before the rotation.
        await begun;
        return "throttled" as const;
      }
      if (isThrottled(entry)) return "throttled" as const;
      await fetchOnce(senderId, entry);
      return "fresh" as const;
    },
  });
}
