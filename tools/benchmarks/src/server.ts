import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// A process of its own, so that answering does not slow down who asks. It ends with who started it.
const [answer] = process.argv.slice(2);
const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(201, { "content-type": "application/json" }).end(answer));
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
