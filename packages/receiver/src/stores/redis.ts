import type { Store } from "./store.ts";
import { KEEP_FOR, storedId, wholeMilliseconds } from "./stored-values.ts";

/** What the store uses of a client of the package `redis` (node-redis): also of a pool, a cluster or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What the store uses of a client of the package `ioredis`: also of a cluster. */
export interface IoRedisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** The store does not call it: it tells this client from the other one. */
  call(command: string, ...args: string[]): Promise<unknown>;
}

export interface RedisStoreOptions {
  /** Each key begins with this; `mindbridge:delivery:` by default. */
  readonly prefix?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It should
   * outlast the retries of MindBridge, whose schedule is not published.
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
 * A store in Redis 6 or newer, or in a server that speaks its protocol: one key for each delivery, which the server deletes
 * by itself. The server times the leases. A claim is one script, so two processes never both get it.
 *
 * When a lease ends, its key is gone: the token holds nothing any more, even if nobody else has claimed the delivery.
 *
 * If Redis loses a key, that delivery can be handled again. Set `maxmemory-policy` to `noeviction` and turn persistence on. A
 * failover can still lose the last writes.
 *
 * @param client A connected client of `redis` or `ioredis`. Let it reject at once while the server is down
 * (`disableOfflineQueue: true` for `redis`, `enableOfflineQueue: false` for `ioredis`): the sender is then told to come
 * again, instead of having to wait.
 */
export function redisStore(
  client: NodeRedisClient | IoRedisClient,
  { prefix = "mindbridge:delivery:", keepFor = KEEP_FOR }: RedisStoreOptions = {},
): Store {
  const run = async (script: string, id: string, token: string, milliseconds: number) => {
    const key = prefix + (await storedId(id));
    const args = [CLAIMED + token, `${wholeMilliseconds(milliseconds)}`];
    const answer =
      "call" in client
        ? await client.eval(script, 1, key, ...args)
        : await client.eval(script, { keys: [key], arguments: args });
    return `${answer}`;
  };
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
