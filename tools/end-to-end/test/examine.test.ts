import { join } from "node:path";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { expect, test } from "vitest";
import { examine, startApp } from "../src/index.ts";

const cwd = join(import.meta.dirname, "apps");

test("an app that handles a delivery twice is found by its output", async () => {
  const signer = await createTestSigner();
  await using app = await startApp({ args: ["forgetful.ts"], cwd, env: { MINDBRIDGE_PUBLIC_KEY: signer.publicKey } });
  expect(await examine(app, signer)).toEqual({
    notRight: [expect.stringMatching(/twice: 204 in .*; 2 effects/)],
    mistakes: ["no-deduplication"],
  });
});

test("an app that refuses everything is found, however many attacks it refuses", async () => {
  const signer = await createTestSigner();
  const other = await createTestSigner();
  await using app = await startApp({ args: ["forgetful.ts"], cwd, env: { MINDBRIDGE_PUBLIC_KEY: other.publicKey } });
  expect(await examine(app, signer)).toMatchObject({ mistakes: ["refuses-genuine"] });
});

test("an app that ends before it listens is an error, with its output", async () => {
  await expect(startApp({ args: ["ends.ts"], cwd, env: {} })).rejects.toThrow(
    "The app ended with 3:\nThere is no configuration.\n",
  );
});
