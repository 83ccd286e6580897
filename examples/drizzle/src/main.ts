import type { AddressInfo } from "node:net";
import { createReceiver } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { postgresStore } from "@mindbridge-sdk/receiver/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, text } from "drizzle-orm/pg-core";
import express from "express";
import { Pool } from "pg";

const completed = pgTable("completed_analyses", {
  deliveryId: text("delivery_id").primaryKey(),
  analysisId: text("analysis_id"),
});
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const store = postgresStore(pool, { transactional: true });
await store.setUp();
await pool.query("create table if not exists completed_analyses (delivery_id text primary key, analysis_id text)");

const receiver = createReceiver({ keys: process.env.MINDBRIDGE_PUBLIC_KEY, store }).on(
  "analysis.completed",
  async ({ id, data: { analysisId } }, { transaction }) => {
    // Committed together with the mark that the delivery has been handled, or not at all.
    await drizzle({ client: transaction }).insert(completed).values({ deliveryId: id, analysisId });
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
process.once("SIGTERM", () => void receiver.close().then(() => server.close(() => pool.end())));
