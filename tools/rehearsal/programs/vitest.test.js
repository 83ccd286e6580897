import { expect, test } from "vitest";
import { createWebhookAndVerify } from "./main.js";

test("creates a webhook, and verifies its delivery", async () => {
  expect(await createWebhookAndVerify()).toMatch(/^\w+ sent \w+$/);
});
