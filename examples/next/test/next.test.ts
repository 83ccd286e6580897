import { createRequire } from "node:module";
import { join } from "node:path";
import { examine, startApp } from "@mindbridge-sdk/end-to-end";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { expect, test } from "vitest";

test("an examination finds nothing wrong with a route handler of Next", async () => {
  const signer = await createTestSigner();
  const bin = createRequire(import.meta.url).resolve("next/dist/bin/next");
  await using next = await startApp({
    args: [bin, "dev", "--hostname", "127.0.0.1", "--port", "0"],
    cwd: join(import.meta.dirname, ".."),
    env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", MINDBRIDGE_PUBLIC_KEY: signer.publicKey },
    listening: /(http:\/\/127\.0\.0\.1:\d+).*Ready/s,
  });
  const url = `${next.url}/webhooks/mindbridge`;
  // Next answers itself for methods that the route does not export, and compiles the route at the first request.
  expect((await fetch(url)).status).toBe(405);
  expect(await examine({ ...next, url }, signer)).toEqual({ notRight: [], mistakes: [] });

  const headers = { "content-type": "application/json" };
  const large = await fetch(url, { method: "POST", headers, body: "a".repeat(1_048_577) });
  expect([large.status, await large.json()]).toEqual([413, { code: "body_too_large" }]);
});
