import { createReceiver, memoryStore, type Receiver } from "@mindbridge-sdk/receiver";

let receiver: Receiver | undefined;

const create = (): Receiver =>
  createReceiver({
    keys: process.env.MINDBRIDGE_PUBLIC_KEY,
    // For one process. Several processes need a store that they share.
    store: memoryStore(),
  }).on("analysis.completed", ({ data }) => {
    // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
    if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
    console.log(`Analysis ${data.analysisId} is complete.`);
  });

/** Creates the receiver with the first request: `next build` loads this module as well, and need not have the key. */
export function POST(request: Request): Promise<Response> {
  receiver ??= create();
  return receiver.fetch(request);
}
