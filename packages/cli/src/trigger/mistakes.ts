import { FORGED, OUT_OF_TIME, REFORMATTED } from "./attack-names.ts";
import type { Case } from "./case.ts";
import { EXPLANATIONS, type MistakeName } from "./explanations.ts";

/** A mistake that explains wrong answers. */
export interface Mistake {
  readonly name: MistakeName;
  readonly explanation: string;
  readonly whatToDo: string;
}

/** The attacks that are taken where the body is parsed and written again. */
const FORMS_OF_THE_BODY = [REFORMATTED, "the body has a newline at the end", "the body has a space before it"];

/** The mistakes that the answers give away, the gravest first. */
export function findMistakes(cases: readonly Case[]): Mistake[] {
  const names = cases.every(({ outcome }) => outcome === "unanswered")
    ? (["no-answer"] as const)
    : [...mistakesInTaking(cases), ...mistakesInVerifying(cases), ...mistakesInHandling(cases)];
  return names.map((name) => {
    const [explanation, whatToDo] = EXPLANATIONS[name];
    return { name, explanation, whatToDo };
  });
}

const ofKind = (cases: readonly Case[], kind: Case["kind"]): Case[] => cases.filter((each) => each.kind === kind);
const isWrong = ({ verdict }: Case): boolean => verdict === "wrong";
const isTaken = ({ outcome }: Case): boolean => outcome === "taken";
const isRedirected = ({ outcome }: Case): boolean => outcome === "redirected";
const isMissing = ({ status }: Case): boolean => status === 404 || status === 405 || status === 410;
const isFailure = ({ outcome, status = 0 }: Case): boolean => outcome === "unanswered" || status >= 500;

function* mistakesInTaking(cases: readonly Case[]): Generator<MistakeName> {
  if (cases.some((each) => isWrong(each) && isRedirected(each))) yield "redirects";
  const genuine = ofKind(cases, "genuine");
  const wrong = genuine.filter((each) => isWrong(each) && !isRedirected(each));
  // The key is right where the body is verified in another form.
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
  // Of an endpoint that answers 2xx to whatever comes, only effects tell what it takes.
  const taken = wrong.filter(
    (each) => isTaken(each) && each.effects !== 0 && !(isForgedIgnored && each.effects === undefined),
  );
  if (taken.some(({ name }) => name === FORGED)) {
    // Whoever verifies nothing makes every other mistake of verifying as well.
    yield "no-verification";
    return;
  }
  if (ignored.length > 0) yield "success-on-refusal";
  const isReserialised = taken.some(({ name }) => name === REFORMATTED) || ofKind(cases, "rewritten").some(isWrong);
  if (isReserialised) yield "body-reserialised";
  if (ofKind(cases, "two-signatures").some(isWrong)) yield "first-signature-only";
  if (taken.some(({ name }) => OUT_OF_TIME.includes(name))) yield "no-tolerance";
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
