import { answered, type Case, RIGHT, unchecked, untried, WRONG, withEffects } from "./case.ts";
import { type EffectCounter, unlessUncountable } from "./effects.ts";
import { newId, sampleTypes } from "./event.ts";
import { judgeGenuine } from "./genuine.ts";
import { deliver, deliverCounted, type Particulars, type Probe, sign } from "./probe.ts";
import { type Answer, formatAnswer } from "./send.ts";

const TRIAL = { kind: "repetition", name: "a genuine one twice", expected: "2xx, and one effect" } as const;

/** What is said of an endpoint that takes nothing. */
export const UNTRIED_REPETITION: Case = untried(TRIAL, "not sent", "unproven");

/** Sends a delivery twice: it is to be taken both times, and to have one effect. */
export async function repeated(probe: Probe): Promise<Case> {
  const { effects } = probe;
  return (effects && (await unlessUncountable(repeatedCounted(probe, effects)))) ?? repeatedUncounted(probe);
}

async function repeatedUncounted(probe: Probe): Promise<Case> {
  const particulars = { id: newId() };
  const first = await deliverFirst(probe, particulars);
  if (first.outcome !== "taken") return answered(TRIAL, first, unchecked("unproven"));
  const again = await deliver(probe, await sign(probe, particulars));
  if (again.outcome !== "taken") return answered(TRIAL, again, await judgeGenuine(probe, again));
  const answer = `${formatAnswer(again)}; its effects are not known`;
  return { ...answered(TRIAL, again, unchecked("no-effects")), answer };
}

/** `undefined` if its effects cannot be told from those of others. */
async function repeatedCounted(probe: Probe, effects: EffectCounter): Promise<Case | undefined> {
  // Where nothing that was sent so far has had an effect, there is none to wait for.
  const hasEffects = (await effects.reach(effects.start + 1)) > effects.start;
  // An endpoint need not handle every type.
  for (const type of hasEffects ? new Set([probe.type, ...sampleTypes()]) : []) {
    const particulars = { id: newId(), type };
    const before = await effects.settle();
    const first = await deliverFirst(probe, particulars);
    if (first.outcome !== "taken") return answered(TRIAL, first, unchecked("unproven"));
    if ((await effects.reach(before + 1)) > before) return repeatHandled({ ...probe, type }, effects, particulars);
  }
  const answer = await deliver(probe, await sign(probe));
  return answer.outcome === "taken" ? counted(answer, 0) : answered(TRIAL, answer, unchecked("unproven"));
}

/** Signed earlier than when it comes again, as in a retry: what is signed and the signature are others then, and the id is not. */
async function deliverFirst(probe: Probe, particulars: Particulars): Promise<Answer> {
  return deliver(probe, await sign(probe, { ...particulars, age: probe.tolerance < 2 ? 0 : 1 }));
}

/** Repeats a delivery that has had its effect. */
async function repeatHandled(
  probe: Probe,
  effects: EffectCounter,
  particulars: Particulars,
): Promise<Case | undefined> {
  const { answer, count } = await deliverCounted(probe, effects, await sign(probe, particulars));
  if (answer.outcome !== "taken") return answered(TRIAL, answer, await judgeGenuine(probe, answer));
  return count === undefined ? undefined : counted(answer, 1 + count);
}

const counted = (answer: Answer, effects: number): Case =>
  withEffects(answered(TRIAL, answer, effects === 1 ? RIGHT : WRONG), effects);
