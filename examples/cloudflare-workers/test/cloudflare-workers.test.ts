import { createSigningKey, examine } from "@mindbridge-sdk/end-to-end";
import { expect, test } from "vitest";
import { startWorker } from "./start-worker.ts";

test("`mindbridge trigger --all` finds nothing wrong with a Worker", async () => {
  await using key = await createSigningKey();
  await using worker = await startWorker({ MINDBRIDGE_PUBLIC_KEY: key.publicKey });
  const url = `${worker.url}/webhooks/mindbridge`;
  expect(await examine({ ...worker, url }, key)).toEqual({ code: 0, notRight: [], mistakes: [] });
});
