import { adviceOn } from "@mindbridge-sdk/receiver";
import { FORGED, OUT_OF_TIME, REFORMATTED } from "./attacks.ts";
import { answered, type Case, type CaseKind, judgeAnswer, type Reason } from "./case.ts";
import type { Answer } from "./send.ts";

/** A mistake that explains wrong answers. */
export interface Mistake {
  readonly name: MistakeName;
  /** What the endpoint does wrong. Options of `examineEndpoint` stand in backticks. */
  readonly explanation: string;
  readonly whatToDo: string;
}

/** Something that is not a mistake, and that you may want to know. */
export interface Hint {
  /** `lenient`, or why something was not checked. */
  readonly name: "lenient" | Reason;
  readonly explanation: string;
  readonly whatToDo: string;
}

/** The name of a mistake. A name never changes its meaning. */
export type MistakeName = keyof typeof EXPLANATIONS;

type Explained = readonly [explanation: string, whatToDo: string];

/** What each mistake means, and what to do about it. */
export const EXPLANATIONS = {
  "no-answer": [
    "The endpoint gives no answer.",
    "If the case above says ECONNREFUSED, nothing listens at `url`: start the endpoint, and check the port. Otherwise the endpoint got the delivery: see where it waits or fails.",
  ],
  "not-found": [
    "Nothing at this address takes deliveries.",
    "Check that `url` has the path of the endpoint, and that the endpoint takes POST.",
  ],
  redirects: [
    "It answers with a redirect, which does not say whether the delivery was taken. A sender may not follow it.",
    "Give `url` the address that the redirect leads to, such as one with https or a slash at the end. Put no login page before the endpoint, and let it answer 2xx or 4xx itself.",
  ],
  "fails-on-genuine": [
    "It fails on genuine deliveries: it answers 5xx, or not at all.",
    "Look for the error in its log.",
  ],
  "refuses-genuine": [
    "It refuses genuine deliveries.",
    "If it refuses all of them, configure it with `signer.publicKey`. If it has that key, look with `mindbridge listen --forward` at what it gets. If it refuses some types only, answer 2xx to types that you do not handle.",
  ],
  "no-verification": [
    "It takes a delivery that is signed with an unknown key, as if it did not verify the signature. Anyone who knows the address can send it anything.",
    "Verify each delivery before you do anything else with it, and answer 401 if that fails. If you verify it after the answer, give `effects` to show that.",
  ],
  "success-on-refusal": [
    "It answers 2xx to deliveries that do not verify, though it does not handle them. If it refuses a genuine delivery, as after a change of keys, that delivery is lost.",
    "Verify before you answer, and answer 401 if that fails.",
  ],
  "body-reserialised": [
    "It does not verify the bytes of the body, but what it made of them: parsed, trimmed or decoded, and written again. It refuses genuine deliveries, or takes changed ones.",
    "Verify the raw body. Nothing may parse or decode it before that.",
  ],
  "first-signature-only": [
    "It refuses a delivery whose own signature is not the first in webhook-signature, as while a key is being replaced.",
    "Split webhook-signature at the spaces, and try each signature.",
  ],
  "no-tolerance": [
    "It takes deliveries that were signed too long ago, or for a time to come. Whoever has seen a delivery once can send it again.",
    "Refuse a delivery that was signed more than five minutes ago, or more than five minutes from now. If you accept older ones, say so with `tolerance`.",
  ],
  "no-deduplication": [
    "A delivery that comes twice has two effects. A delivery comes again if its answer was too late.",
    "Remember each webhook-id that you have handled, not its signature or time. If it comes again, answer 2xx and do nothing.",
  ],
  "repetition-refused": [
    "It refuses a delivery that it has handled, so the delivery comes again and again.",
    "If a delivery that you have handled comes again, answer 2xx and do nothing.",
  ],
  "no-effect": [
    "It answers 2xx to a genuine delivery, but no effect shows within `timeout`.",
    "Check that the type has a handler, and that `effects` counts what the handler does. If the endpoint handles deliveries later, give a longer `timeout`.",
  ],
  "success-on-failure": [
    "It answers 2xx to a delivery that `failing` makes it fail to handle. If it has not handled the delivery, that is lost.",
    "Answer 500 if handling fails, and mark a delivery as handled only if it succeeds. `failing` must fail at every attempt: if the second one succeeds, give another value. If a queue of your own tries again, leave out `failing`.",
  ],
  "refusal-on-failure": [
    "It refuses a delivery that it could not handle, or does not answer it. The sender may take that for final.",
    "Answer 500 if handling fails.",
  ],
  "attacks-taken": [
    "It takes deliveries that somebody other than the sender can have made or changed.",
    "Refuse everything that is not exactly in the form that is signed. The wrong cases above say what to refuse.",
  ],
  "attacks-unanswered": [
    "It does not answer some attacks: it fails on them, or waits for bytes that do not come.",
    "Answer 400 to a malformed delivery, and limit how long a body may take.",
  ],
} as const satisfies Readonly<Record<string, Explained>>;

const HINTS: Readonly<Record<Hint["name"], Explained>> = {
  lenient: [
    "It takes attacks that only spell a genuine delivery in another way, or that only the sender can make.",
    "That does no harm if the id that it verifies is the id that it remembers. The lenient cases above say what a stricter endpoint refuses.",
  ],
  "no-effects": [
    "It is not known whether a delivery that comes twice has one effect.",
    "Give `effects`, which counts the deliveries that the endpoint has handled.",
  ],
  "no-failing": [
    "It is not known whether a delivery that cannot be handled is answered with 5xx.",
    "Give `failing`, which makes the endpoint fail to handle a delivery, at every attempt.",
  ],
  limited: ["It answered 429, or 503 with Retry-After.", "Lift the limit, and test again."],
  "refused-for-content": [
    "It is not known whether text beyond ASCII is verified byte for byte: the endpoint refuses a body with one more field, whichever way it is written.",
    "Put such text into a field that the endpoint knows, with `overrides`.",
  ],
  unproven: [
    "While it took no genuine delivery, its refusals proved nothing.",
    "Correct that first. If it took genuine deliveries before, lift whatever limits or blocks a sender.",
  ],
  "not-sent": [
    "Some attacks were not sent: three got no answer in time, or all of them took more than two minutes.",
    "Make the endpoint answer sooner, and test again.",
  ],
};

/** The attacks that an endpoint takes if it verifies a body that it has parsed and written again. */
const FORMS_OF_THE_BODY = [REFORMATTED, "the body has a newline at the end", "the body has a space before it"];

/** The mistakes that the answers give away, the gravest first. */
export function findMistakes(cases: readonly Case[]): Mistake[] {
  const names = cases.every(({ outcome }) => outcome === "unanswered")
    ? (["no-answer"] as const)
    : [...mistakesInTaking(cases), ...mistakesInVerifying(cases), ...mistakesInHandling(cases)];
  const failures = ofKind(cases, "genuine").filter(isWrong);
  const explaining: Partial<Record<MistakeName, readonly Case[]>> = {
    "fails-on-genuine": failures.filter(isFailure),
    "refuses-genuine": failures.filter((each) => !isFailure(each)),
  };
  return names.map((name) => ({ name, ...explain(EXPLANATIONS[name], explaining[name]) }));
}

/** The mistake that the answer to a single genuine delivery gives away; `undefined` if that answer is not wrong. */
export function mistakeIn(answer: Answer): Mistake | undefined {
  const trial = { kind: "genuine", name: "a genuine one", expected: "2xx" } as const;
  const judged = answered(trial, answer, judgeAnswer(answer));
  return isWrong(judged) ? findMistakes([judged])[0] : undefined;
}

/** What could not be checked, and what was lenient, each once. */
export function findHints(cases: readonly Case[]): Hint[] {
  const names = cases.flatMap(({ verdict, reason }) => (verdict === "lenient" ? verdict : (reason ?? [])));
  const limited = cases.filter(({ reason }) => reason === "limited");
  return [...new Set(names)].map((name) => ({ name, ...explain(HINTS[name], name === "limited" ? limited : []) }));
}

/** The codes for which the explanation itself says what to do, since it knows which key is the right one, and what they mean. */
const OF_KEYS = new Map<string, string>([
  ["no_key", "`keys` has no key for this sender, or is a function that gave undefined. "],
  ["signature_mismatch", ""],
]);

/** What a receiver answers to a genuine delivery if its clock is off. */
const OF_CLOCK: readonly (string | undefined)[] = ["too_old", "too_new"];

/** An explanation. Where a receiver answered with a code, that code says what to do. */
function explain([explanation, whatToDo]: Explained, cases: readonly Case[] = []) {
  const codes = [...new Set(cases.map(({ code }) => code))];
  const advice = codes.map((code) =>
    code === undefined
      ? whatToDo
      : `It answers ${code}. ${OF_KEYS.has(code) ? OF_KEYS.get(code) + whatToDo : adviceOn(code)}`,
  );
  return { explanation, whatToDo: advice.join(" ") || whatToDo };
}

const ofKind = (cases: readonly Case[], kind: CaseKind): Case[] => cases.filter((each) => each.kind === kind);
const isWrong = ({ verdict }: Case): boolean => verdict === "wrong";
const isTaken = ({ outcome }: Case): boolean => outcome === "taken";
const isRedirected = ({ outcome }: Case): boolean => outcome === "redirected";
const isMissing = ({ status }: Case): boolean => status === 404 || status === 405 || status === 410;
const isFailure = ({ outcome, status = 0 }: Case): boolean => outcome === "unanswered" || status >= 500;

function* mistakesInTaking(cases: readonly Case[]): Generator<MistakeName> {
  if (cases.some((each) => isWrong(each) && isRedirected(each))) yield "redirects";
  const genuine = ofKind(cases, "genuine");
  const wrong = genuine.filter((each) => isWrong(each) && !isRedirected(each));
  // If the endpoint takes a body that is signed in another form, it has the right key.
  if (wrong.length === 0 || ofKind(cases, "rewritten").some((each) => isWrong(each) && isTaken(each))) return;
  if (genuine.every(isMissing)) yield "not-found";
  else {
    if (wrong.some(isFailure)) yield "fails-on-genuine";
    if (!wrong.every(isFailure)) yield "refuses-genuine";
  }
}

function* mistakesInVerifying(cases: readonly Case[]): Generator<MistakeName> {
  const wrong = ofKind(cases, "attack").filter(isWrong);
  const ignored = wrong.filter(({ effects }) => effects === 0);
  const isForgedIgnored = ignored.some(({ name }) => name === FORGED);
  // If an endpoint answers 2xx to everything, only effects tell what it takes.
  const taken = wrong.filter(
    (each) => isTaken(each) && each.effects !== 0 && !(isForgedIgnored && each.effects === undefined),
  );
  if (taken.some(({ name }) => name === FORGED)) {
    // An endpoint that verifies nothing makes every other mistake of verifying as well.
    yield "no-verification";
    return;
  }
  if (ignored.length > 0) yield "success-on-refusal";
  const isReserialised = taken.some(({ name }) => name === REFORMATTED) || ofKind(cases, "rewritten").some(isWrong);
  if (isReserialised) yield "body-reserialised";
  if (ofKind(cases, "two-signatures").some(isWrong)) yield "first-signature-only";
  // An endpoint whose clock is off takes what is out of time here, and in time there.
  const isClockOff = ofKind(cases, "genuine").some(({ code }) => OF_CLOCK.includes(code));
  if (!isClockOff && taken.some(({ name }) => OUT_OF_TIME.includes(name))) yield "no-tolerance";
  const explained = [...OUT_OF_TIME, ...(isReserialised ? FORMS_OF_THE_BODY : [])];
  if (taken.some(({ name }) => !explained.includes(name))) yield "attacks-taken";
  if (wrong.some(({ outcome }) => outcome === "unanswered")) yield "attacks-unanswered";
}

function* mistakesInHandling(cases: readonly Case[]): Generator<MistakeName> {
  for (const each of ofKind(cases, "repetition").filter(isWrong)) {
    if (each.effects === undefined) {
      if (!isRedirected(each)) yield "repetition-refused";
    } else yield each.effects === 0 ? "no-effect" : "no-deduplication";
  }
  const failures = ofKind(cases, "failure").filter((each) => isWrong(each) && !isRedirected(each));
  if (failures.some(isTaken)) yield "success-on-failure";
  if (!failures.every(isTaken)) yield "refusal-on-failure";
}
