import { expect, test } from "vitest";
import { startWorker } from "./start-worker.ts";

const CONFORMANCE = `
  import { DurableObject } from "cloudflare:workers";
  import { sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
  import { storeConformance } from "@mindbridge-sdk/receiver/store-conformance";
  import { databaseOf } from "./src/database.ts";

  export class Deliveries extends DurableObject {
    async fetch() {
      const store = sqliteStore(databaseOf(this.ctx.storage.sql));
      await store.setUp();
      const outcomes = {};
      for (const { name, run } of storeConformance({ createStore: () => store })) {
        outcomes[name] = await run().then(() => "fulfilled", (error) => error.message);
      }
      return Response.json(outcomes);
    }
  }

  export default { fetch: (request, { DELIVERIES }) => DELIVERIES.getByName("all").fetch(request) };
`;

test("the store does in a Durable Object what every store has to", async () => {
  await using worker = await startWorker({ MINDBRIDGE_PUBLIC_KEY: "" }, CONFORMANCE);
  const response = await fetch(worker.url);
  const outcomes = Object.entries((await response.json()) as Record<string, string>);
  expect(outcomes.filter(([, outcome]) => outcome !== "fulfilled")).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(10);
});
