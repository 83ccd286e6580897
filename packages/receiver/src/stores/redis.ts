import { checkFunctions, checkNumbers, checkRest } from "../check-options.ts";
import type { Claim, Store } from "./store.ts";
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

/** Where a store in Redis keeps its marks, and for how long. */
export interface RedisStoreOptions {
  /** Each key begins with this; `mindbridge:delivery:` by default. */
  readonly prefix?: string | undefined;
  /**
   * How long to remember that a delivery has been handled, in milliseconds; 604,800,000 (seven days) by default. It should
   * outlast the retries of MindBridge, whose schedule is not published.
   */
  readonly keepFor?: number | undefined;
}

// A key holds a hash: the token of the claim, and "held" until the delivery is done. A claim takes memory, so Redis refuses it
// when it has none left. A mark and a release only delete, which Redis never refuses. A client may send a command again whose
// answer was lost: the same claim is given again.
const CLAIM = `
  if redis.call("EXISTS", KEYS[1]) == 0 then
    redis.call("HSET", KEYS[1], "token", ARGV[1], "held", 1)
    redis.call("PEXPIRE", KEYS[1], ARGV[2])
    return "claimed"
  end
  if redis.call("HEXISTS", KEYS[1], "held") == 0 then return "done" end
  return redis.call("HGET", KEYS[1], "token") == ARGV[1] and "claimed" or "held"`;

const ifTokenIsOurs = (commands: string) => `
  if redis.call("HGET", KEYS[1], "token") ~= ARGV[1] then return 0 end
  ${commands}
  return 1`;
const ifHeld = (command: string) =>
  ifTokenIsOurs(`if redis.call("HEXISTS", KEYS[1], "held") == 0 then return 0 end ${command}`);

const RENEW = ifHeld('redis.call("PEXPIRE", KEYS[1], ARGV[2])');
const FINISH = ifTokenIsOurs('redis.call("HDEL", KEYS[1], "held") redis.call("PEXPIRE", KEYS[1], ARGV[2])');
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
 * @throws {ConfigurationError} if `client` is none.
 */
export function redisStore(
  client: NodeRedisClient | IoRedisClient,
  { prefix = "mindbridge:delivery:", keepFor = KEEP_FOR, ...rest }: RedisStoreOptions = {},
): Store {
  checkRest("redisStore", rest);
  checkNumbers({ keepFor });
  checkFunctions("The client of redisStore", client, "eval");
  const run = async (script: string, id: string, token: string, milliseconds: number) => {
    const key = prefix + (await storedId(id));
    const args = [token, `${wholeMilliseconds(milliseconds)}`];
    return "call" in client
      ? client.eval(script, 1, key, ...args)
      : client.eval(script, { keys: [key], arguments: args });
  };
  const changed = async (...args: Parameters<typeof run>) => Number(await run(...args)) === 1;

  return {
    async claim(id, lease) {
      const token = crypto.randomUUID();
      const status = `${await run(CLAIM, id, token, lease)}` as Claim["status"];
      return status === "claimed" ? { status, token } : { status };
    },
    renew: (id, token, lease) => changed(RENEW, id, token, lease),
    done: (id, token) => changed(FINISH, id, token, keepFor),
    release: (id, token) => changed(RELEASE, id, token, 0),
  };
}
