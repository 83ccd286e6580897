import { type Attack, tampered } from "@mindbridge-sdk/testing";
import { FORGED, JUST_TOO_OLD, OLD, OUT_OF_TIME, REFORMATTED } from "./attack-names.ts";
import {
  answered,
  type Case,
  type Judgement,
  type Reason,
  RIGHT,
  unchecked,
  untried,
  WRONG,
  withEffects,
} from "./case.ts";
import { unlessUncountable } from "./effects.ts";
import { newId, sampleEvent } from "./event.ts";
import { deliver, deliverCounted, type Probe, sign, takesGenuine } from "./probe.ts";
import type { Answer, Sendable } from "./send.ts";

/** What is needed of an attack. */
interface Sent extends Pick<Attack, "name" | "harmless"> {
  readonly delivery: Sendable;
}

/** After so many attacks, a genuine delivery shows whether it proves something that they were refused. */
const AT_A_TIME = 10;
/** An endpoint that lets so many wait for an answer in vain would do so with many more. */
const MOST_TIMEOUTS = 3;
/** No attack is sent later than that after the first one, in milliseconds. */
const LONGEST = 120_000;

/** The attacks that tell mistakes apart. */
const TELLING: readonly string[] = [FORGED, REFORMATTED, ...OUT_OF_TIME];

/** How far the attacks have come. */
interface Course {
  /** Why no more are sent. */
  stopped?: Reason;
  /** Whether signatures are verified before the answer, as far as is known. */
  verifies: boolean;
  timeouts: number;
  /** When it has taken too long. */
  readonly end: number;
}

/** Sends every attack: each is to be refused. */
export async function* attacked(probe: Probe): AsyncGenerator<Case> {
  const attacks = await attacksOn(probe);
  const course: Course = { verifies: true, timeouts: 0, end: performance.now() + LONGEST };
  for (let index = 0; index < attacks.length; index += AT_A_TIME) {
    const cases: Case[] = [];
    for (const attack of attacks.slice(index, index + AT_A_TIME)) cases.push(await tryAttack(probe, attack, course));
    const isSent = cases.some(({ outcome }) => outcome !== undefined);
    const isProven = isSent && (await takesGenuine(probe));
    if (isSent && !isProven) course.stopped = "unproven";
    yield* isProven ? cases : cases.map(unproven);
  }
}

/** New attacks, those first that tell mistakes apart. */
async function attacksOn(probe: Probe): Promise<Sent[]> {
  // What is not signed in this form is refused for that alone.
  if (probe.form) return [await outOfTime(probe, OLD, 3600), await outOfTime(probe, JUST_TOO_OLD, 60)];
  const { event } = sampleEvent(probe.type, { id: newId(), settings: probe.settings });
  const attacks = await tampered({ event, signer: probe.signer, tolerance: probe.tolerance });
  const isTelling = ({ name }: Sent) => TELLING.includes(name);
  return [...attacks.filter(isTelling), ...attacks.filter((attack) => !isTelling(attack))];
}

async function outOfTime(probe: Probe, name: string, seconds: number): Promise<Sent> {
  const delivery = await sign(probe, { age: Math.ceil(probe.tolerance) + seconds });
  return { name, harmless: false, delivery };
}

async function tryAttack(probe: Probe, attack: Sent, course: Course): Promise<Case> {
  const trial = { kind: "attack", name: attack.name, expected: "4xx" } as const;
  if (course.stopped) return untried(trial, "not sent", course.stopped);
  const answer = await deliver(probe, attack.delivery);
  if (answer.status === undefined && answer.timedOut) course.timeouts += 1;
  if (course.timeouts === MOST_TIMEOUTS || performance.now() > course.end) course.stopped = "not-sent";
  const isTaken = answer.outcome === "taken";
  if (isTaken && attack.name === FORGED) course.verifies = false;
  const tried = answered(trial, answer, judgeAttack(attack, answer, course));
  // Where a forged delivery is answered with 2xx, most others are, and tell no more.
  const isTelling = course.verifies || TELLING.includes(attack.name);
  const effects = isTaken && tried.verdict === "wrong" && isTelling ? await countEffects(probe, attack) : undefined;
  return effects === undefined ? tried : withEffects(tried, effects);
}

/** Whether an attack was answered rightly, by an endpoint that verifies signatures or not. */
export function judgeAttack(
  { harmless }: Pick<Attack, "harmless">,
  { outcome }: Answer,
  { verifies }: { readonly verifies: boolean },
): Judgement {
  if (outcome === "refused") return RIGHT;
  if (outcome === "limited") return unchecked("limited");
  return outcome === "taken" && harmless && verifies ? { verdict: "lenient" } : WRONG;
}

/** Where no genuine delivery is taken either, it proves nothing that an attack was not. */
function unproven(each: Case): Case {
  return each.outcome === "refused" || each.outcome === "limited" ? { ...each, ...unchecked("unproven") } : each;
}

/** How many effects such an attack has, sent anew: what is answered with 2xx may be refused after the answer. */
async function countEffects(probe: Probe, { name }: Sent): Promise<number | undefined> {
  const { effects } = probe;
  const fresh = effects && (await attacksOn(probe)).find((each) => each.name === name);
  const counted = fresh && (await unlessUncountable(deliverCounted(probe, effects, fresh.delivery)));
  return counted?.count;
}
