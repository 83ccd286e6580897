import { join } from "node:path";
import { createSigningKey, examine, startApp } from "@mindbridge-sdk/end-to-end";
import { expect, test } from "vitest";

test("`mindbridge trigger --all` finds nothing wrong, and the app ends when it is asked to", async () => {
  await using key = await createSigningKey();
  await using app = await startApp({
    args: ["src/main.ts"],
    cwd: join(import.meta.dirname, ".."),
    env: { MINDBRIDGE_PUBLIC_KEY: key.publicKey },
  });
  expect(await examine(app, key)).toEqual({ code: 0, notRight: [], mistakes: [] });
  expect(await app.stop()).toBe(0);
});
