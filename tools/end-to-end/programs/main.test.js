// For Jest, and for vitest with its globals.
import { createWebhookAndVerify } from "./main.js";

test("creates a webhook, and verifies its delivery", async () => {
  expect(await createWebhookAndVerify()).toMatch(/^\w+ sent \w+$/);
});
