import type { AddressInfo } from "node:net";
import { createReceiver } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import express from "express";
import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
// Without a listener, an idle connection that breaks would end the process.
pool.on("error", (error) => console.error(error.message));
const store = postgresStore(pool, { transactional: true });
await store.setUp();
await pool.query("create table if not exists analyses (delivery_id text primary key, id text)");

const receiver = createReceiver({ keys: process.env.MINDBRIDGE_PUBLIC_KEY, store }).on(
  "analysis.completed",
  async ({ id, data: { analysisId } }, { transaction }) => {
    // Committed together with the mark that the delivery has been handled, or not at all.
    await transaction.query("insert into analyses values ($1, $2)", [id, analysisId]);
    // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
    if (analysisId === "fail") throw new Error("The results cannot be fetched.");
    console.log(`Analysis ${analysisId} is complete.`);
  },
);

const app = express();
app.post("/webhooks/mindbridge", node(receiver));
const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/webhooks/mindbridge`);
});

process.once("SIGTERM", async () => {
  await receiver.close(); // waits for the handlers that run; new deliveries get 503
  server.close();
  server.closeAllConnections();
  await pool.end();
});
