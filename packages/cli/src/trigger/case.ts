import { type Answer, formatAnswer, type Outcome } from "./send.ts";

/** What is sent, and why. */
export type CaseKind = "genuine" | "rewritten" | "two-signatures" | "attack" | "repetition" | "failure";

/** Why something could not be told. */
export type Reason = "no-effects" | "no-failing" | "limited" | "refused-for-content" | "unproven" | "not-sent";

/** Whether an answer was right; `lenient` where it is not what it should be, and does no harm. */
export type Verdict = "right" | "wrong" | "lenient" | "unchecked";

/** What is to be said of an answer. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Of what is unchecked. */
  readonly reason?: Reason;
}

/** One thing that was tried. */
export interface Case extends Judgement {
  readonly kind: CaseKind;
  /** What was sent. */
  readonly name: string;
  /** What a right answer is, in words. */
  readonly expected: string;
  /** What came, in words. */
  readonly answer: string;
  /** `undefined` where no answer came, or nothing was sent. */
  readonly status: number | undefined;
  /** `undefined` where nothing was sent. */
  readonly outcome: Outcome | undefined;
  /** How many effects it had, where that is known. */
  readonly effects?: number;
}

/** What is tried, before it is. */
export type Trial = Pick<Case, "kind" | "name" | "expected">;

export const RIGHT: Judgement = { verdict: "right" };
export const WRONG: Judgement = { verdict: "wrong" };
export const unchecked = (reason: Reason): Judgement => ({ verdict: "unchecked", reason });

/** What was tried, with its answer. */
export function answered(trial: Trial, answer: Answer, judgement: Judgement): Case {
  return { ...trial, answer: formatAnswer(answer), status: answer.status, outcome: answer.outcome, ...judgement };
}

/** What had so many effects. */
export function withEffects(each: Case, effects: number): Case {
  const said = effects === 0 ? "no effect" : effects === 1 ? "one effect" : `${effects} effects`;
  return { ...each, answer: `${each.answer}; ${said}`, effects };
}

/** What was not tried, and why in words. */
export function untried(trial: Trial, answer: string, reason: Reason): Case {
  return { ...trial, answer, status: undefined, outcome: undefined, ...unchecked(reason) };
}
