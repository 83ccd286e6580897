import { KEEP_FOR, wholeMilliseconds } from "./milliseconds.ts";
import { type IoRedisClient, type NodeRedisClient, scriptsOf } from "./redis-client.ts";
import type { Store } from "./store.ts";
import { storedId } from "./stored-id.ts";

export type { IoRedisClient, NodeRedisClient } from "./redis-client.ts";

export interface RedisStoreOptions {
  /** What every key begins with; `mindbridge:delivery:` by default. */
  readonly prefix?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It is to
   * outlast the retries of the sender, whose schedule is not published.
   */
  readonly keepFor?: number | undefined;
}

// The value of a key: this, or the token of the claim behind a prefix, so that no token is taken for the mark.
const DONE = "done";
const CLAIMED = "claimed:";

const CLAIM = `
  if redis.call("SET", KEYS[1], ARGV[1], "NX", "PX", ARGV[2]) then return "mine" end
  return redis.call("GET", KEYS[1]) == "${DONE}" and "done" or "held"`;

const ifHeld = (command: string) => `
  if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
  ${command}
  return 1`;

const RENEW = ifHeld('redis.call("PEXPIRE", KEYS[1], ARGV[2])');
const FINISH = ifHeld(`redis.call("SET", KEYS[1], "${DONE}", "PX", ARGV[2])`);
const RELEASE = ifHeld('redis.call("DEL", KEYS[1])');

/**
 * A store in Redis, 6 or newer, or in what speaks its protocol: one key for each delivery, which the server forgets by
 * itself. Leases are timed by the server. The claim is one script, so that two processes never both get it.
 *
 * A claim whose lease has ended is gone, so its token holds nothing, even where nobody else has taken the delivery.
 *
 * Whatever makes Redis forget a key makes the delivery be handled again when it is sent again: set `maxmemory-policy` to
 * `noeviction`, turn persistence on, and know that a failover can lose the last writes.
 *
 * @param client A connected client of `redis` or `ioredis`. Have it reject at once while the server is down
 * (`disableOfflineQueue: true` for `redis`, `enableOfflineQueue: false` for `ioredis`), so that the sender is asked to come
 * again in place of being left to wait.
 */
export function redisStore(
  client: NodeRedisClient | IoRedisClient,
  { prefix = "mindbridge:delivery:", keepFor = KEEP_FOR }: RedisStoreOptions = {},
): Store {
  const runScript = scriptsOf(client);
  const run = async (script: string, id: string, token: string, milliseconds: number) =>
    runScript(script, prefix + (await storedId(id)), CLAIMED + token, wholeMilliseconds(milliseconds));
  const held = async (...args: Parameters<typeof run>) => (await run(...args)) === "1";

  return {
    async claim(id, lease) {
      const token = crypto.randomUUID();
      const answer = await run(CLAIM, id, token, lease);
      return answer === "mine" ? token : answer;
    },
    renew: (id, token, lease) => held(RENEW, id, token, lease),
    done: (id, token) => held(FINISH, id, token, keepFor),
    release: (id, token) => held(RELEASE, id, token, 0),
  };
}
