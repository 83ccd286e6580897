// For Jest as it is by default, with CommonJS.
const { readWebhookAndVerify } = require("./program.cjs");

test("reads a webhook, and verifies its delivery", async () => {
  expect(await readWebhookAndVerify()).toMatch(/^\w+ sent \w+$/);
});
