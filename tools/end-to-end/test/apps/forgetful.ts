// An endpoint that handles a delivery each time it comes.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createReceiver } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";

const held = async () => true;
const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  store: { claim: async () => ({ status: "claimed", token: "" }), renew: held, done: held, release: held },
}).on("analysis.completed", ({ data }) => {
  if (data.analysisId === "fail") throw new Error("This cannot be handled.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});
const server = createServer(node(receiver)).listen(Number(process.env.PORT), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
