import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { KINDS, type KindName } from "./backends.ts";
import { Fleet } from "./fleet.ts";
import { readJournals } from "./journal.ts";
import { Random } from "./random.ts";
import { Sender } from "./sender.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface RunOptions {
  readonly kind: KindName;
  /** How many deliveries there are. Each is sent two or three times, in random order. */
  readonly deliveries: number;
  /** How many processes are killed. */
  readonly kills: number;
  /** How many are frozen, some for longer than their lease. */
  readonly freezes: number;
  readonly seed: number;
  /** After how many milliseconds to give up. */
  readonly timeout: number;
}

export interface Report extends Verdict {
  readonly kind: KindName;
  readonly transactional: boolean;
  readonly deliveries: number;
  readonly kills: number;
  readonly freezes: number;
  /** How many requests came to which end: a status, or no answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly effects: number;
  readonly seconds: number;
}

const PROCESSES = 4;
/** In milliseconds. */
const LEASE = 1_000;
/** How many sendings are under way at a time: each until it is taken. */
const UNDER_WAY = 300;

/**
 * Has four processes receive deliveries on one store, kills and freezes them meanwhile, and judges what they have done.
 *
 * @throws {Error} if the deliveries are not all taken in time.
 */
export async function run({ kind, deliveries, kills, freezes, seed, timeout }: RunOptions): Promise<Report> {
  const started = performance.now();
  const random = new Random(seed);
  const signer = await createTestSigner();
  const { start, setUp, effects, transactional } = KINDS[kind];
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-faults-"));
  const journals = join(folder, "journals");
  mkdirSync(journals);
  const service = await start(folder);
  const { url } = service;
  const fleet = new Fleet({ kind, url, lease: LEASE, publicKey: signer.publicKey }, journals, random);
  try {
    await setUp(url);
    await Promise.all(Array.from({ length: PROCESSES }, () => fleet.start()));
    const ids = Array.from({ length: deliveries }, (_, index) => `delivery-${index}`);
    const sender = new Sender(fleet, signer, random);
    await sendAll({ fleet, sender, random, ids, kills, freezes, timeout });
    await fleet.close();

    const found = await effects(url);
    const verdict = judge({
      deliveries: ids,
      effects: found,
      journal: readJournals(journals),
      killed: fleet.wasKilled,
      lease: LEASE,
    });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const { answers } = sender;
    return { kind, transactional, deliveries, kills, freezes, answers, effects: found.length, seconds, ...verdict };
  } finally {
    await fleet.abandon();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends each delivery two or three times until it is taken each time, and strikes in between. */
async function sendAll({
  fleet,
  sender,
  random,
  ids,
  kills,
  freezes,
  timeout,
}: {
  readonly fleet: Fleet;
  readonly sender: Sender;
  readonly random: Random;
  readonly ids: readonly string[];
} & Pick<RunOptions, "kills" | "freezes" | "timeout">): Promise<void> {
  const sendings = random.shuffled(ids.flatMap((id) => (random.fraction() < 0.2 ? [id, id, id] : [id, id])));
  const strikes = random.shuffled([
    ...Array.from({ length: kills }, () => () => fleet.kill()),
    ...Array.from({ length: freezes }, () => () => fleet.freeze(random.between(50, 2 * LEASE))),
  ]);
  // At random sendings, so that however quick a machine is, it is struck as often.
  const strikeAt = Map.groupBy(strikes, () => random.between(1, Math.floor(sendings.length * 0.9)));

  const overdue = new AbortController();
  const timer = setTimeout(() => {
    overdue.abort(
      new Error(`The deliveries were not all taken within ${timeout} ms: ${JSON.stringify(sender.answers)}`),
    );
  }, timeout);
  const late = new Promise<never>((_, reject) => {
    overdue.signal.addEventListener("abort", () => reject(overdue.signal.reason));
  });
  const retargeting = setInterval(sender.retarget, 20);
  try {
    const underWay = new Set<Promise<void>>();
    for (const [index, id] of sendings.entries()) {
      for (const strike of strikeAt.get(index) ?? []) await Promise.race([strike(), late]);
      const sending = sender.send(id, overdue.signal);
      underWay.add(sending);
      void sending.then(
        () => underWay.delete(sending),
        () => {},
      );
      while (underWay.size >= UNDER_WAY) await Promise.race([...underWay, late]);
    }
    await Promise.race([Promise.all(underWay), late]);
  } finally {
    clearTimeout(timer);
    clearInterval(retargeting);
  }
}
