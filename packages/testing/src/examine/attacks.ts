import type { Attack } from "../attacks/attack.ts";
import { tampered } from "../attacks/tampered.ts";
import { newId } from "../signing.ts";
import { sampleEvent } from "./bodies.ts";
import {
  answered,
  type Case,
  type Judgement,
  judgeAnswer,
  type Reason,
  unchecked,
  untried,
  WRONG,
  withEffects,
} from "./case.ts";
import { unlessUncountable } from "./effects.ts";
import { deliver, deliverCounted, type Probe, sign, takesGenuine } from "./probe.ts";
import type { Answer } from "./send.ts";

/** An endpoint that takes this verifies nothing. */
export const FORGED = "the delivery is signed with a key that nobody knows";
/** An endpoint that takes this does not verify the raw bytes. */
export const REFORMATTED = "the body is formatted anew";
const OLD = "the delivery is old";
const JUST_TOO_OLD = "the delivery is a minute too old";
/** An endpoint that takes one of these does not check the time, or does not check it enough. */
export const OUT_OF_TIME: readonly string[] = [OLD, JUST_TOO_OLD, "the delivery is from the future"];
/** The attacks that tell mistakes apart. */
const TELLING: readonly string[] = [FORGED, REFORMATTED, ...OUT_OF_TIME];

/** After so many attacks, a genuine delivery shows whether their refusal proves something. */
const BATCH = 10;
/** An endpoint that leaves so many attacks without an answer in time would do so with many more. */
const MOST_TIMEOUTS = 3;
/** How long attacks are sent, in milliseconds. */
const LONGEST = 120_000;

/** What is needed of an attack. */
type Sent = Pick<Attack, "name" | "harmless"> & { readonly delivery: Pick<Attack["delivery"], "headers" | "body"> };

/** How far the attacks have come. */
interface Course {
  /** Why no more are sent. */
  stopped?: Reason;
  /** Whether the endpoint verifies signatures before it answers, as far as is known. */
  verifies: boolean;
  timeouts: number;
  /** When no more are sent. */
  readonly end: number;
}

/** Sends every attack. The endpoint is to refuse each. */
export async function* attacked(probe: Probe): AsyncGenerator<Case> {
  const attacks = await attacksOn(probe);
  const course: Course = { verifies: true, timeouts: 0, end: performance.now() + LONGEST };
  for (let index = 0; index < attacks.length; index += BATCH) {
    const cases: Case[] = [];
    for (const attack of attacks.slice(index, index + BATCH)) cases.push(await tryAttack(probe, attack, course));
    const isSent = cases.some(({ outcome }) => outcome !== undefined);
    const isProven = isSent && (await takesGenuine(probe));
    if (isSent && !isProven) course.stopped = "unproven";
    yield* isProven ? cases : cases.map(unproven);
  }
}

/** New attacks, first those that tell mistakes apart. */
async function attacksOn(probe: Probe): Promise<Sent[]> {
  // The endpoint refuses all others only because they are not signed in its form.
  if (probe.form) return [await outOfTime(probe, OLD, 3600), await outOfTime(probe, JUST_TOO_OLD, 60)];
  const event = sampleEvent(probe.type, newId(), [probe.overrides]);
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
  // An endpoint that answers 2xx to a forged delivery does so to most others, which tell no more.
  const isTelling = course.verifies || TELLING.includes(attack.name);
  const effects = isTaken && tried.verdict === "wrong" && isTelling ? await countEffects(probe, attack) : undefined;
  return effects === undefined ? tried : withEffects(tried, effects);
}

/** Of an endpoint that verifies nothing, no answer is lenient. */
function judgeAttack(attack: Sent, answer: Answer, { verifies }: Course): Judgement {
  const judgement = judgeAnswer(answer, attack);
  return judgement.verdict === "lenient" && !verifies ? WRONG : judgement;
}

/** While an endpoint takes no genuine delivery, its refusal of an attack proves nothing. */
function unproven(each: Case): Case {
  return each.outcome === "refused" || each.outcome === "limited" ? { ...each, ...unchecked("unproven") } : each;
}

/** How many effects such an attack has, sent again: an endpoint that answers 2xx may refuse it afterwards. */
async function countEffects(probe: Probe, { name }: Sent): Promise<number | undefined> {
  const { effects } = probe;
  const fresh = effects && (await attacksOn(probe)).find((each) => each.name === name);
  const counted = fresh && (await unlessUncountable(deliverCounted(probe, effects, fresh.delivery)));
  return counted?.count;
}
