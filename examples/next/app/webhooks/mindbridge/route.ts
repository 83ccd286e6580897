import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";

const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY ?? [],
  // For one process. Where there are several, they need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // What throws is answered with 500, so that the delivery comes again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});

export const POST = receiver.fetch;
