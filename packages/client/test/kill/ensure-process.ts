// Makes sure of a webhook, and ends. Another process kills it meanwhile.
import { ensureWebhook } from "../../src/ensure.ts";
import { MindBridge } from "../../src/index.ts";
import { WANTED } from "./wanted.ts";

const [baseUrl = ""] = process.argv.slice(2);
const mindbridge = new MindBridge({ baseUrl, token: "token" });
const { action } = await ensureWebhook(mindbridge, WANTED, { lookAfter: 1 });
process.stdout.write(action);
