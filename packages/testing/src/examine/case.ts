import type { Attack } from "../attacks/attack.ts";
import { type Answer, formatAnswer, type Outcome } from "./send.ts";

/**
 * What was sent:
 * - `genuine`: a sample of a type that the contract lists.
 * - `rewritten`: a genuine delivery whose bytes change when its body is parsed and written again; or, if the endpoint takes no
 *   sample, a delivery whose signature is of a body written in another way.
 * - `two-signatures`: a genuine delivery with another signature before its own, as while a key is being replaced.
 * - `repetition`: a genuine delivery, sent twice.
 * - `failure`: a genuine delivery that the endpoint cannot handle.
 * - `attack`: what `tampered` makes.
 */
export type CaseKind = "genuine" | "rewritten" | "two-signatures" | "attack" | "repetition" | "failure";

/**
 * Whether an answer was right. `lenient` is an attack that was taken and does no harm; `unchecked` is what the answer cannot
 * tell, for a {@link Reason}.
 */
export type Verdict = "right" | "wrong" | "lenient" | "unchecked";

/**
 * Why something was not checked:
 * - `no-effects`: `effects` is not given, or stopped to count.
 * - `no-failing`: `failing` is not given.
 * - `limited`: the endpoint answered that there were too many deliveries.
 * - `refused-for-content`: the endpoint refuses a body with one more field, whichever way it is written.
 * - `unproven`: the endpoint took no genuine delivery at that time, so that a refusal proves nothing.
 * - `not-sent`: the examination took too long.
 */
export type Reason = "no-effects" | "no-failing" | "limited" | "refused-for-content" | "unproven" | "not-sent";

/** What an answer shows. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Why it was not checked. Only beside `unchecked`. */
  readonly reason?: Reason;
}

/** One thing that was sent, with its answer. */
export interface Case extends Judgement {
  readonly kind: CaseKind;
  /** What was sent, in words. */
  readonly name: string;
  /** The right answer, in words. */
  readonly expected: string;
  /** What came back, in words, such as `204 in 1.3 ms`. */
  readonly answer: string;
  /** `undefined` if no answer came, or nothing was sent. */
  readonly status: number | undefined;
  /** The `code` of a receiver in the answer: why it refused the delivery. */
  readonly code?: string;
  /** `undefined` if nothing was sent. */
  readonly outcome: Outcome | undefined;
  /** How many effects it had, if that is known. */
  readonly effects?: number;
}

/** What is about to be sent. */
export type Trial = Pick<Case, "kind" | "name" | "expected">;

export const RIGHT: Judgement = { verdict: "right" };
export const WRONG: Judgement = { verdict: "wrong" };
export const unchecked = (reason: Reason): Judgement => ({ verdict: "unchecked", reason });

/**
 * Judges the answer to a single delivery: a genuine one must be taken, an attack must be refused.
 *
 * @param attack the attack that was sent; `undefined` for a genuine delivery.
 */
export function judgeAnswer({ outcome }: Pick<Answer, "outcome">, attack?: Pick<Attack, "harmless">): Judgement {
  if (outcome === "limited") return unchecked("limited");
  if (!attack) return outcome === "taken" ? RIGHT : WRONG;
  if (outcome === "taken" && attack.harmless) return { verdict: "lenient" };
  return outcome === "refused" ? RIGHT : WRONG;
}

/** What was sent, with its answer. */
export function answered(trial: Trial, answer: Answer, judgement: Judgement): Case {
  const { status, outcome } = answer;
  const code = status === undefined ? undefined : answer.code;
  return { ...trial, answer: formatAnswer(answer), status, ...(code && { code }), outcome, ...judgement };
}

/** A case that had so many effects. */
export function withEffects(each: Case, effects: number): Case {
  const said = effects === 0 ? "no effect" : effects === 1 ? "one effect" : `${effects} effects`;
  return { ...each, answer: `${each.answer}; ${said}`, effects };
}

/** What was not sent, and why in words. */
export function untried(trial: Trial, answer: string, reason: Reason): Case {
  return { ...trial, answer, status: undefined, outcome: undefined, ...unchecked(reason) };
}
