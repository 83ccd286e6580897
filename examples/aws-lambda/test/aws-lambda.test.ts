import { examine, startApp } from "@mindbridge-sdk/end-to-end";
import { hasRedis, startRedis } from "@mindbridge-sdk/services";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { describe, expect, test } from "vitest";

describe.skipIf(!hasRedis())("an examination finds nothing wrong with a Lambda", () => {
  test.each(["text", "base64"])("that gets bodies as %s", async (bodies) => {
    const signer = await createTestSigner();
    await using redis = await startRedis();
    await using lambda = await startApp({
      args: ["function-url.ts", bodies],
      cwd: import.meta.dirname,
      env: { MINDBRIDGE_PUBLIC_KEY: signer.publicKey, REDIS_URL: redis.url },
    });
    expect(await examine(lambda, signer)).toEqual({ notRight: [], mistakes: [] });
  });
});
