// One of the processes that are killed and frozen. It ends with the process that started it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createReceiver, type Delivery } from "@mindbridge-sdk/receiver";
import { node } from "@mindbridge-sdk/receiver/node";
import { KINDS, type KindName } from "./backends.ts";
import { openJournal } from "./journal.ts";
import { Random } from "./random.ts";

export interface ProcessOptions {
  readonly kind: KindName;
  readonly url: string;
  readonly publicKey: string;
  /** In milliseconds. */
  readonly lease: number;
  /** The path of its journal. */
  readonly journal: string;
  /** What its attempts are named after. */
  readonly name: string;
  readonly seed: number;
}

const { kind, url, publicKey, lease, journal, name, seed }: ProcessOptions = JSON.parse(process.argv[2] ?? "");
process.once("disconnect", () => process.exit());

const note = openJournal(journal);
const random = new Random(seed);
const { store, effect } = await KINDS[kind].open(url);

/** Handling takes a moment before and after the effect, so that the process can be hit there. */
const moment = async () => {
  if (random.fraction() < 0.5) await pause(random.between(1, 3));
};

const received = new WeakMap<Delivery, number>();
const attempts = new WeakMap<Delivery, string>();
let count = 0;
const end = (event: "marked" | "failed", delivery: Delivery, code?: string) => {
  const attempt = attempts.get(delivery);
  const elapsed = performance.now() - (received.get(delivery) ?? Number.NaN);
  if (attempt) note({ delivery: delivery.id, attempt, event, code, elapsed });
};
const receiver = createReceiver<never>({
  keys: publicKey,
  store,
  lease,
  hooks: {
    received: ({ delivery }) => received.set(delivery, performance.now()),
    handled: ({ delivery }) => end("marked", delivery),
    failed: ({ delivery, code }) => end("failed", delivery, code),
  },
}).on("analysis.completed", async (delivery, { signal, transaction }) => {
  const attempt = `${name}.${++count}`;
  attempts.set(delivery, attempt);
  note({ delivery: delivery.id, attempt, event: "started" });
  await moment();
  signal.throwIfAborted();
  await effect(transaction, delivery.id, attempt);
  await moment();
});

const server = createServer(node(receiver));
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.((server.address() as AddressInfo).port);

// Told to end in good order: nothing may happen after the effects have been counted.
process.once("message", () => {
  void receiver.close().then(() => process.exit());
});
