import { MindBridge } from "@mindbridge-sdk/client";
import { ensureWebhook } from "@mindbridge-sdk/client/ensure";
import { expect, test } from "vitest";
import { createTestApi, type Failure } from "../../../src/test-api/index.ts";
import { WANTED } from "./wanted.ts";

function setUp() {
  const api = createTestApi();
  const mindbridge = new MindBridge({ tenant: "acme", token: "token", maxRetries: 0, fetch: api.fetch });
  const count = async () => (await mindbridge.webhooks.query()).totalElements;
  return { api, mindbridge, count, ensure: () => ensureWebhook(mindbridge, WANTED, { lookAfter: 0 }) };
}

test("ensureWebhook a hundred times in a row makes one webhook, and returns it each time", async () => {
  const { ensure, count } = setUp();
  const first = await ensure();
  expect(first.action).toBe("created");
  for (let run = 1; run < 100; run++) {
    expect(await ensure()).toEqual({ action: "unchanged", webhook: first.webhook, changes: [] });
  }
  expect(await count()).toBe(1);
});

test.each<Failure>([
  { status: 503, after: "done" },
  { status: 503 },
  { connection: "cut", after: "done" },
  { connection: "cut" },
])("ensureWebhook makes one webhook if the create fails once: %j", async (failure) => {
  const { api, ensure, count } = setUp();
  api.fail("webhooks.create", failure);
  expect(await ensure()).toMatchObject({ action: "created", webhook: { ...WANTED, version: 1 } });
  expect(await count()).toBe(1);
});

test("ensureWebhook changes what somebody else has changed meanwhile", async () => {
  const { api, mindbridge, ensure } = setUp();
  const { webhook } = await ensure();
  await mindbridge.webhooks.update(webhook.id, { ...webhook, status: "INACTIVE" });
  api.fail("webhooks.update", { status: 503, after: "done" });
  expect(await ensure()).toMatchObject({ action: "changed", webhook: { status: "ACTIVE", version: 3 } });
});
