import { hasRedis, type Service, startRedis } from "@mindbridge-sdk/services";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { storeConformance } from "../../src/stores/conformance.ts";
import { type NodeRedisClient, redisStore } from "../../src/stores/redis.ts";
import { alternating, claimed, DONE, HELD } from "./support.ts";

describe.skipIf(!hasRedis())("the store in Redis", () => {
  let service: Service;
  let nodeRedis: ReturnType<typeof createClient>;
  let ioRedis: Redis;
  beforeAll(async () => {
    service = await startRedis();
    nodeRedis = createClient({ url: service.url });
    await nodeRedis.connect();
    ioRedis = new Redis(service.url);
  });
  afterAll(async () => {
    nodeRedis.destroy();
    ioRedis.disconnect();
    await service.close();
  });

  describe("with redis", () => {
    for (const { name, run } of storeConformance({ createStore: () => redisStore(nodeRedis) })) {
      test.concurrent(name, run);
    }
  });
  describe("with ioredis", () => {
    for (const { name, run } of storeConformance({ createStore: () => redisStore(ioRedis) })) {
      test.concurrent(name, run);
    }
  });
  describe("with both at once", () => {
    const createStore = () => alternating(redisStore(nodeRedis), redisStore(ioRedis));
    for (const { name, run } of storeConformance({ createStore })) test.concurrent(name, run);
  });

  test.each([undefined, {}])("refuses a client that is none: %j", (client) => {
    expect(() => redisStore(client as NodeRedisClient)).toThrow(
      "The client of redisStore has no method eval. Is it set",
    );
  });

  test("has the server forget leases and marks, under keys with the prefix", async () => {
    const store = redisStore(nodeRedis, { prefix: "mine:", keepFor: 5_000 });
    const token = await claimed(store, "a", 4_000);
    await expect(nodeRedis.pTTL("mine:a")).resolves.toSatisfy((left: number) => left > 0 && left <= 4_000);
    await store.done("a", token);
    await expect(nodeRedis.pTTL("mine:a")).resolves.toSatisfy((left: number) => left > 4_000 && left <= 5_000);
    await store.claim("b", 4_000);
    await redisStore(ioRedis).claim("c", 4_000);
    expect(await nodeRedis.exists(["mine:b", "mindbridge:delivery:c"])).toBe(2);
  });

  test("refuses claims when Redis has no memory left, but still marks and releases", async () => {
    await using full = await startRedis();
    const client = await createClient({ url: full.url }).connect();
    using _ = { [Symbol.dispose]: () => client.destroy() };
    const store = redisStore(client);
    const [done, released] = [await claimed(store, "done"), await claimed(store, "released")];
    await client.configSet("maxmemory", "1");
    await expect(store.claim("new", 60_000)).rejects.toThrow("OOM");
    expect(await store.renew("done", done, 60_000)).toBe(true);
    expect(await store.done("done", done)).toBe(true);
    expect(await store.release("released", released)).toBe(true);
    expect(await store.claim("done", 60_000)).toEqual(DONE);
    await client.configSet("maxmemory", "0");
    await claimed(store, "new");
  });

  test("gives a claim again if the client sends it again", async () => {
    const evaluate = vi.fn<NodeRedisClient["eval"]>(async (script, options) => {
      await nodeRedis.eval(script, options);
      return nodeRedis.eval(script, options);
    });
    await claimed(redisStore({ eval: evaluate }), "sent again");
    expect(evaluate).toHaveBeenCalledOnce();
    expect(await redisStore(nodeRedis).claim("sent again", 60_000)).toEqual(HELD);
  });

  test("rejects while the server is down", async () => {
    await using other = await startRedis();
    const client = createClient({ url: other.url, disableOfflineQueue: true, socket: { reconnectStrategy: false } });
    client.on("error", () => {});
    await client.connect();
    const store = redisStore(client);
    const token = await claimed(store, "a", 60_000);
    await other.close();
    await expect(store.claim("a", 60_000)).rejects.toThrow();
    await expect(store.done("a", token)).rejects.toThrow();
  });
});
