import { createWebhookAndVerify } from "./main.js";

console.log(await createWebhookAndVerify());
