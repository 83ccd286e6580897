import { createSigningKey, examine, startApp } from "@mindbridge-sdk/end-to-end";
import { hasRedis, startRedis } from "@mindbridge-sdk/services";
import { describe, expect, test } from "vitest";

describe.skipIf(!hasRedis())("`mindbridge trigger --all` finds nothing wrong with a Lambda", () => {
  test.each(["text", "base64"])("that gets bodies as %s", async (bodies) => {
    await using key = await createSigningKey();
    await using redis = await startRedis();
    await using lambda = await startApp({
      args: ["function-url.ts", bodies],
      cwd: import.meta.dirname,
      env: { MINDBRIDGE_PUBLIC_KEY: key.publicKey, REDIS_URL: redis.url },
    });
    expect(await examine(lambda, key)).toEqual({ code: 0, notRight: [], mistakes: [] });
  });
});
