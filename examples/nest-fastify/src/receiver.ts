import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";

export const receiver = createReceiver({
  keys: process.env.MINDBRIDGE_PUBLIC_KEY,
  // For one process. Several processes need a store that they share.
  store: memoryStore(),
}).on("analysis.completed", ({ data }) => {
  // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
  if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
  console.log(`Analysis ${data.analysisId} is complete.`);
});
