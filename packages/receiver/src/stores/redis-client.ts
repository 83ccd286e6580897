/** What the store uses of a client of the package `redis` (node-redis): also of a pool, a cluster or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What the store uses of a client of the package `ioredis`: also of a cluster. */
export interface IoRedisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Only told apart by it. */
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** Runs a Lua script on the server, on one key. */
export type RunScript = (script: string, key: string, ...args: (string | number)[]) => Promise<string>;

/** How to run a script with this client. */
export function scriptsOf(client: NodeRedisClient | IoRedisClient): RunScript {
  if ("call" in client) {
    return async (script, key, ...args) => `${await client.eval(script, 1, key, ...args.map(String))}`;
  }
  return async (script, key, ...args) => `${await client.eval(script, { keys: [key], arguments: args.map(String) })}`;
}
