import type { AddressInfo } from "node:net";
import Koa from "koa";
import { receiver } from "./receiver.ts";

const app = new Koa();
// Before any parser: the signature covers the raw bytes.
app.use(async (context, next) => {
  if (context.path !== "/webhooks/mindbridge") return next();
  const { method, headers, req } = context;
  const answer = await receiver.handle({ method, headers, body: req });
  context.status = answer.status;
  context.set(answer.headers);
  context.body = answer.body;
});

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/webhooks/mindbridge`);
});

// Finishes the deliveries that are being handled, and asks senders of new ones to try again.
process.once("SIGTERM", () => void receiver.close().then(() => server.close()));
