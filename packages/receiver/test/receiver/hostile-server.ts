/** A receiver in a process of its own, whose memory can be asked for. Its arguments: the public key, maxPendingBytes and bodyTimeout. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { node } from "../../src/adapters/node.ts";
import { createReceiver, memoryStore } from "../../src/index.ts";

const [publicKey = "", maxPendingBytes, bodyTimeout] = process.argv.slice(2);
const refusals: Record<string, number> = {};
const receiver = createReceiver({
  keys: publicKey,
  store: memoryStore(),
  maxPendingBytes: Number(maxPendingBytes),
  bodyTimeout: Number(bodyTimeout),
  hooks: {
    refused: ({ code }) => {
      refusals[code] = (refusals[code] ?? 0) + 1;
    },
  },
}).onUnknown(() => {});

// Sampled, since what matters is the most that there was at a time, without what is only waiting to be collected.
let peak = 0;
let peakOfProcess = 0;
setInterval(() => {
  globalThis.gc?.();
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  peak = Math.max(peak, arrayBuffers + heapUsed);
  peakOfProcess = Math.max(peakOfProcess, rss);
}, 100);

const server = createServer(node(receiver));
server.on("clientError", (_error, socket) => socket.destroy());
// With room for all that come at once: where a busy machine accepts them late, the kernel would reset what is over the usual 511.
server.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.on("message", () => process.send?.({ peak, peakOfProcess, refusals }));
process.once("disconnect", () => process.exit());
