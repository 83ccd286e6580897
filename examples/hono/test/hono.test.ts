import { join } from "node:path";
import { examine, startApp } from "@mindbridge-sdk/end-to-end";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { expect, test } from "vitest";

test("an examination finds nothing wrong, and the app ends when it is asked to", async () => {
  const signer = await createTestSigner();
  await using app = await startApp({
    args: ["src/main.ts"],
    cwd: join(import.meta.dirname, ".."),
    env: { MINDBRIDGE_PUBLIC_KEY: signer.publicKey },
  });
  expect(await examine(app, signer)).toEqual({ notRight: [], mistakes: [] });
  expect(await app.stop()).toBe(0);
});
