import { join } from "node:path";
import { expect, test } from "vitest";
import { createSigningKey, examine, startApp } from "../src/index.ts";

const cwd = join(import.meta.dirname, "apps");

test("an app that handles a delivery twice is found out by what it prints", async () => {
  await using key = await createSigningKey();
  await using app = await startApp({ args: ["forgetful.ts"], cwd, env: { MINDBRIDGE_PUBLIC_KEY: key.publicKey } });
  expect(await examine(app, key)).toEqual({
    code: 1,
    notRight: [expect.stringMatching(/twice: 204 in .*; 2 effects/)],
    mistakes: ["no-deduplication"],
  });
});

test("an app that refuses all is found out, however many attacks it refuses", async () => {
  await using key = await createSigningKey();
  await using other = await createSigningKey();
  await using app = await startApp({ args: ["forgetful.ts"], cwd, env: { MINDBRIDGE_PUBLIC_KEY: other.publicKey } });
  expect(await examine(app, key)).toMatchObject({ code: 1, mistakes: ["refuses-genuine"] });
});

test("an app that ends before it listens is said to, with what it printed", async () => {
  await expect(startApp({ args: ["ends.ts"], cwd, env: {} })).rejects.toThrow(
    "The app ended with 3:\nThere is no configuration.\n",
  );
});
