import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProxy } from "@mindbridge-sdk/services";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { Fleet } from "./fleet.ts";
import { readJournals } from "./journal.ts";
import { databaseIn, KINDS, type KindName, type Phase } from "./kinds.ts";
import { LEASE, PHASES, type Targets } from "./phases.ts";
import { Random } from "./random.ts";
import { Sender } from "./sender.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface RunOptions {
  readonly kind: KindName;
  /** How many deliveries each phase has. Each is sent two or three times, in random order. */
  readonly deliveries: number;
  /** Which of the kind's phases to run; all by default. */
  readonly phases?: readonly Phase[] | undefined;
  readonly seed: number;
  /** How long a phase may take, in milliseconds. */
  readonly timeout: number;
}

/** What became of the deliveries of one phase. */
export interface Report extends Verdict {
  readonly kind: KindName;
  readonly phase: Phase;
  readonly transactional: boolean;
  readonly deliveries: number;
  /** How many requests got which status and code, or no answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** The processes that ended by themselves, and how. */
  readonly crashes: readonly string[];
  readonly seconds: number;
}

const PROCESSES = 4;
/** How many deliveries are being sent at once: each is sent again until it is taken. */
const UNDER_WAY = 200;
/** A phase with few deliveries has fewer faults: at most one for so many. */
const DELIVERIES_PER_FAULT = 25;
/** How soon half of the repeats come, as a share of all sendings. */
const SOON = 0.02;
/** One handler of so many takes longer than its lease, in the phases that leave the process alone. */
const DELIVERIES_PER_LONG_HANDLER = 150;

/**
 * Lets four processes receive deliveries on one store, phase by phase, while faults strike. Then it judges what they did.
 *
 * @throws {Error} if the deliveries of a phase are not all taken in time.
 */
export async function run({ kind, deliveries, phases = KINDS[kind].phases, seed, timeout }: RunOptions) {
  const { start, setUp, effects, transactional, longHandlers } = KINDS[kind];
  const random = new Random(seed);
  const signer = await createTestSigner();
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-faults-"));
  const journals = join(folder, "journals");
  mkdirSync(journals);
  const service = await start?.();
  const url = service?.url ?? databaseIn(folder);
  const proxy = service && (await startProxy(url));
  const options = { kind, url: proxy?.url ?? url, lease: LEASE, publicKey: signer.publicKey };
  const fleet = new Fleet(options, journals, random);
  try {
    await setUp(url);
    await Promise.all(Array.from({ length: PROCESSES }, () => fleet.start()));
    const runs = [];
    for (const phase of phases) {
      const began = performance.now();
      const sender = new Sender(fleet, signer, random);
      const ids = Array.from({ length: deliveries }, (_, index) => {
        const isLong = longHandlers && PHASES[phase].longHandlers && (index + 1) % DELIVERIES_PER_LONG_HANDLER === 0;
        return `${phase}-${index}${isLong ? "-long" : ""}`;
      });
      await sendAll({ targets: { fleet, random, url, service, proxy }, phase, sender, ids, timeout });
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      runs.push({ phase, ids, answers: sender.answers, crashes: fleet.takeCrashes(), seconds });
    }
    await fleet.close();
    const journal = readJournals(journals);
    const written = transactional ? await effects(url) : journal.filter(({ event }) => event === "effect");
    return runs.map(({ ids, ...rest }): Report => {
      const own = new Set(ids);
      const verdict = judge({
        deliveries: ids,
        effects: written.filter(({ delivery }) => own.has(delivery)),
        journal: journal.filter(({ delivery }) => own.has(delivery)),
        killed: fleet.wasKilled,
        // A process holds a lock only if the database is in a file. It must have stood still for a good part of the attempt.
        locked: ({ span }) => !start && span !== undefined && fleet.frozenFor(span) > LEASE / 3,
      });
      return { kind, transactional, deliveries, ...rest, ...verdict };
    });
  } finally {
    await fleet.abandon();
    await proxy?.close();
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each delivery two or three times, in random order. Half of the repeats come soon, while the delivery may be handled. */
function sendingsOf(ids: readonly string[], random: Random): string[] {
  const ranked = ids.flatMap((id) => {
    const first = random.fraction();
    const repeat = () => (random.fraction() < 0.5 ? first + random.fraction() * SOON : random.fraction());
    return [first, repeat(), ...(random.fraction() < 0.2 ? [repeat()] : [])].map((rank) => ({ id, rank }));
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
}

/** Sends each delivery two or three times, and again until it is taken. Meanwhile, the faults of the phase strike. */
async function sendAll({
  targets,
  phase,
  sender,
  ids,
  timeout,
}: {
  readonly targets: Targets;
  readonly phase: Phase;
  readonly sender: Sender;
  readonly ids: readonly string[];
  readonly timeout: number;
}): Promise<void> {
  const { random } = targets;
  const sendings = sendingsOf(ids, random);
  // Faults strike at random sendings, so that every machine meets as many of them.
  const strikes = random.shuffled(PHASES[phase].strikes).slice(0, Math.ceil(ids.length / DELIVERIES_PER_FAULT));
  const strikeAt = Map.groupBy(strikes, () => random.between(1, Math.floor(sendings.length * 0.9)));

  const overdue = new AbortController();
  const timer = setTimeout(() => {
    const reason = `The deliveries were not all taken within ${timeout} ms while ${PHASES[phase].title}`;
    overdue.abort(new Error(`${reason}: ${JSON.stringify(sender.answers)}`));
  }, timeout);
  const late = new Promise<never>((_, reject) => {
    overdue.signal.addEventListener("abort", () => reject(overdue.signal.reason));
  });
  const retargeting = setInterval(sender.retarget, 20);
  try {
    const underWay = new Set<Promise<void>>();
    for (const [index, id] of sendings.entries()) {
      for (const strike of strikeAt.get(index) ?? []) await Promise.race([strike(targets), late]);
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
