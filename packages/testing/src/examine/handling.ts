import { newId } from "../signing.ts";
import { SAMPLE_TYPES } from "./bodies.ts";
import { answered, type Case, type Judgement, RIGHT, unchecked, untried, WRONG, withEffects } from "./case.ts";
import { type EffectCounter, unlessUncountable } from "./effects.ts";
import { judgeGenuine } from "./genuine.ts";
import { deliver, deliverCounted, type Particulars, type Probe, sign, takesGenuine } from "./probe.ts";
import { type Answer, formatAnswer } from "./send.ts";

const REPETITION = { kind: "repetition", name: "a genuine one twice", expected: "2xx, and one effect" } as const;
const FAILURE = { kind: "failure", name: "one that cannot be handled", expected: "5xx" } as const;

/** The cases of an endpoint that takes no genuine delivery. */
export const UNTRIED: readonly Case[] = [REPETITION, FAILURE].map((trial) => untried(trial, "not sent", "unproven"));

/** Sends a delivery twice. The endpoint is to take it both times, and it is to have one effect. */
export async function repeated(probe: Probe): Promise<Case> {
  const { effects } = probe;
  return (effects && (await unlessUncountable(repeatedCounted(probe, effects)))) ?? repeatedUncounted(probe);
}

async function repeatedUncounted(probe: Probe): Promise<Case> {
  const particulars = { id: newId() };
  const first = await deliverFirst(probe, particulars);
  if (first.outcome !== "taken") return answered(REPETITION, first, unchecked("unproven"));
  const again = await deliver(probe, await sign(probe, particulars));
  if (again.outcome !== "taken") return answered(REPETITION, again, await judgeGenuine(probe, again));
  const answer = `${formatAnswer(again)}; its effects are not known`;
  return { ...answered(REPETITION, again, unchecked("no-effects")), answer };
}

/** `undefined` if its effects cannot be told from those of other deliveries. */
async function repeatedCounted(probe: Probe, effects: EffectCounter): Promise<Case | undefined> {
  // If nothing that was sent so far has had an effect, there is none to wait for.
  const hasEffects = (await effects.reach(effects.start + 1)) > effects.start;
  // An endpoint need not handle every type.
  for (const type of hasEffects ? new Set([probe.type, ...SAMPLE_TYPES]) : []) {
    const particulars = { id: newId(), type };
    const before = await effects.settle();
    const first = await deliverFirst(probe, particulars);
    if (first.outcome !== "taken") return answered(REPETITION, first, unchecked("unproven"));
    if ((await effects.reach(before + 1)) > before) return repeatHandled({ ...probe, type }, effects, particulars);
  }
  const answer = await deliver(probe, await sign(probe));
  return answer.outcome === "taken" ? counted(answer, 0) : answered(REPETITION, answer, unchecked("unproven"));
}

/** The first is signed a second earlier than the second, as in a retry: they share the id, not the time and the signature. */
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
  if (answer.outcome !== "taken") return answered(REPETITION, answer, await judgeGenuine(probe, answer));
  return count === undefined ? undefined : counted(answer, 1 + count);
}

const counted = (answer: Answer, effects: number): Case =>
  withEffects(answered(REPETITION, answer, effects === 1 ? RIGHT : WRONG), effects);

/** Sends a delivery that cannot be handled, twice. The endpoint is to take neither: the sender would not send it again. */
export async function* failed(probe: Probe): AsyncGenerator<Case> {
  if (probe.failing === undefined) {
    yield untried(FAILURE, "not sent: nothing says which that is", "no-failing");
    return;
  }
  const delivery = await sign(probe, { change: probe.failing });
  const [first, again] = [await deliver(probe, delivery), await deliver(probe, delivery)];
  // The endpoint may as well take nothing any more.
  const isProven = await takesGenuine(probe);
  yield answered(FAILURE, first, judgeFailure(first, isProven));
  yield answered({ ...FAILURE, name: `${FAILURE.name}, again` }, again, judgeFailure(again, isProven));
}

function judgeFailure({ outcome, status = 0 }: Answer, isProven: boolean): Judgement {
  if (outcome !== "taken" && !isProven) return unchecked("unproven");
  if (status >= 500) return RIGHT;
  return outcome === "limited" ? unchecked("limited") : WRONG;
}
