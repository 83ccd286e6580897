// Recovers what was missed, until it has done so or is killed. It ends with the process that started it.
import { MindBridge } from "@mindbridge-sdk/client";
import { createReceiver } from "@mindbridge-sdk/receiver";
import { recoverDeliveries } from "@mindbridge-sdk/receiver/recover";
import { KINDS } from "./kinds.ts";
import type { ProcessOptions } from "./receiver-process.ts";

export interface RecoveryOptions extends Omit<ProcessOptions, "journal" | "seed"> {
  readonly api: string;
  readonly webhookId: string;
}

const { kind, url, api, webhookId, publicKey, lease, name }: RecoveryOptions = JSON.parse(process.argv[2] ?? "");
process.once("disconnect", () => process.exit());

const { store, effect } = await KINDS[kind].open(url);
let count = 0;
const receiver = createReceiver<never>({ keys: publicKey, store, lease, log: false }).on(
  "analysis.completed",
  ({ id: delivery }, { transaction }) => effect?.(transaction, { delivery, attempt: `${name}.${++count}` }),
);
const summary = await recoverDeliveries(new MindBridge({ baseUrl: api, token: "any" }), receiver, {
  webhookId,
  concurrency: 8,
  onProgress: ({ outcome }) => process.send?.({ outcome }),
});
process.send?.({ summary }, () => process.exit());
