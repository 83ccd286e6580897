import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY ?? [],
  // For one process. Where there are several, they need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  console.log(`Analysis ${data.analysisId} is complete.`);
});

export const POST = receiver.fetch;
