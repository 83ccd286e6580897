import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// A process of its own, so that answering does not slow down who asks. It ends with who started it.
// It answers every POST as the API answers one that creates a webhook, and tells its parent what came first.
const [answer = ""] = process.argv.slice(2);
let tell = false;
process.on("message", () => {
  tell = true;
});
// Connections stay open: one that the server closes while a request is on its way would end the run.
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (tell) process.send?.({ authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
    response.writeHead(201, { "content-type": "application/json" }).end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
