import { examine } from "@mindbridge-sdk/end-to-end";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { expect, test } from "vitest";
import { startWorker } from "./start-worker.ts";

test("an examination finds nothing wrong with a Worker", async () => {
  const signer = await createTestSigner();
  await using worker = await startWorker({ MINDBRIDGE_PUBLIC_KEY: signer.publicKey });
  const url = `${worker.url}/webhooks/mindbridge`;
  expect(await examine({ ...worker, url }, signer)).toEqual({ notRight: [], mistakes: [] });
});
