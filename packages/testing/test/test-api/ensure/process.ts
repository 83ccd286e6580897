// Makes sure of a webhook, and ends. Another process kills it meanwhile.
import { MindBridge } from "@mindbridge-sdk/client";
import { ensureWebhook } from "@mindbridge-sdk/client/ensure";
import { WANTED } from "./wanted.ts";

const [baseUrl = ""] = process.argv.slice(2);
const mindbridge = new MindBridge({ baseUrl, token: "token" });
const { action } = await ensureWebhook(mindbridge, WANTED, { lookAfter: 1 });
process.stdout.write(action);
