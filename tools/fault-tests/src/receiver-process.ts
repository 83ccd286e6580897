// One of the processes that are killed and frozen. It ends with the process that started it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createReceiver, type Delivery } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { openJournal } from "./journal.ts";
import { KINDS, type KindName } from "./kinds.ts";
import { Random } from "./random.ts";

export interface ProcessOptions {
  readonly kind: KindName;
  readonly url: string;
  readonly publicKey: string;
  /** In milliseconds. */
  readonly lease: number;
  /** The path of its journal. */
  readonly journal: string;
  /** Its attempts are named after it. */
  readonly name: string;
  readonly seed: number;
}

const { kind, url, publicKey, lease, journal, name, seed }: ProcessOptions = JSON.parse(process.argv[2] ?? "");
process.once("disconnect", () => process.exit());

const note = openJournal(journal);
const random = new Random(seed);
const { store, effect } = await KINDS[kind].open(url);

/** When the process last stood still for a third of a lease, whoever stopped it. */
let stoodStill = Number.NEGATIVE_INFINITY;
let ticked = performance.now();
const tick = () => {
  const now = performance.now();
  if (now - ticked > lease / 3) stoodStill = now;
  ticked = now;
};
setInterval(tick, lease / 30);

/** Handling takes a moment before and after the effect, so that faults can strike there. */
const moment = async () => {
  if (random.fraction() < 0.5) await pause(random.between(1, 3));
};

const attempts = new WeakMap<Delivery, { attempt: string; started: number; from: number }>();
let count = 0;
const end = (event: "marked" | "failed", delivery: Delivery, code?: string) => {
  const begun = attempts.get(delivery);
  if (!begun) return;
  const { attempt, started, from } = begun;
  tick();
  note({ delivery: delivery.id, attempt, event, code, stoodStill: stoodStill > started, span: [from, Date.now()] });
};
const receiver = createReceiver<never>({
  keys: publicKey,
  store,
  lease,
  log: false,
  hooks: {
    handled: ({ delivery }) => end("marked", delivery),
    failed: ({ delivery, code }) => end("failed", delivery, code),
  },
}).on("analysis.completed", async (delivery, { signal, transaction }) => {
  const attempt = `${name}.${++count}`;
  attempts.set(delivery, { attempt, started: performance.now(), from: Date.now() });
  await moment();
  if (delivery.id.endsWith("-long")) await pause(1.5 * lease, undefined, { signal });
  signal.throwIfAborted();
  if (effect) await effect(transaction, { delivery: delivery.id, attempt });
  else note({ delivery: delivery.id, attempt, event: "effect" });
  await moment();
});

const server = createServer(node(receiver));
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.((server.address() as AddressInfo).port);

/** Asks the store until it answers. */
async function probe(): Promise<void> {
  for (;;) {
    try {
      return void (await store.renew("probe", "none", lease));
    } catch {
      await pause(20);
    }
  }
}

process.on("message", (message) => {
  if (message === "probe") void probe().then(() => process.send?.("well"));
  // Nothing may happen after the effects have been counted.
  if (message === "end") void receiver.close().then(() => process.exit());
});
