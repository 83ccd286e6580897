import { app } from "@azure/functions";
import { receiver } from "../receiver.js";

app.http("mindbridge", {
  methods: ["POST"],
  // MindBridge has no key of the function: the signature proves the sender.
  authLevel: "anonymous",
  handler: (request) => receiver.handle({ method: request.method, headers: request.headers, body: request }),
});

// Finishes the deliveries that are being handled, and asks senders of new ones to try again.
app.hook.appTerminate(() => receiver.close());
