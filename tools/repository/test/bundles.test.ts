import { expect, test } from "vitest";
import { BUDGETS } from "../src/budgets.ts";
import { bundle, compressedSize } from "../src/bundle.ts";

/** What users bundle of the packages as published, and how many bytes that may be, minified and compressed. */
test.each([
  {
    what: "one create call",
    budget: BUDGETS.call,
    program: `
      import { MindBridge } from "@mindbridge-sdk/client";
      const mindbridge = new MindBridge({ tenant: "acme", token: process.env.MINDBRIDGE_API_TOKEN });
      const body = { name: "a", url: "b", technicalContactId: "c", events: ["EXPORT_READY"], status: "ACTIVE" };
      console.log(await mindbridge.webhooks.create(body));`,
  },
  {
    what: "verify with its errors",
    budget: BUDGETS.verification,
    program: `
      import { verify } from "@mindbridge-sdk/receiver";
      export const verified = (headers, body) => verify({ headers, body }, { keys: "" });`,
  },
  {
    what: "createReceiver with the memory store",
    budget: BUDGETS.receiver,
    program: `
      import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
      createReceiver({ keys: "", store: memoryStore() }).on("analysis.completed", () => {});`,
  },
  {
    what: "recoverDeliveries by itself",
    budget: BUDGETS.recovery,
    program: `
      import { recoverDeliveries } from "@mindbridge-sdk/receiver/recover";
      export const recover = (mindbridge, receiver) => recoverDeliveries(mindbridge, receiver, { webhookId: "" });`,
  },
])("$what stays within its budget", async ({ program, budget }) => {
  const bytes = compressedSize(await bundle(program, { resolveDir: import.meta.dirname }));
  expect(bytes, `${bytes} B`).toBeLessThanOrEqual(budget);
});
