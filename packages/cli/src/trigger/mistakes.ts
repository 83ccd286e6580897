import type { Case } from "./examine.ts";

/** A mistake that explains wrong answers. */
export interface Mistake {
  readonly name:
    | "no-answer"
    | "refuses-genuine"
    | "no-verification"
    | "body-reserialised"
    | "no-tolerance"
    | "no-deduplication"
    | "repetition-refused"
    | "no-effect"
    | "success-on-failure"
    | "attacks-taken"
    | "attacks-unanswered";
  readonly explanation: string;
  readonly whatToDo: string;
}

const EXPLANATIONS: Readonly<Record<Mistake["name"], readonly [explanation: string, whatToDo: string]>> = {
  "no-answer": ["The endpoint does not answer.", "Start it, and look whether --to has its port and path."],
  "refuses-genuine": [
    "Genuine deliveries are refused, so that it proves nothing that others are.",
    "Configure the endpoint with the public key above. If it is, let `mindbridge listen --forward` show what it gets.",
  ],
  "no-verification": [
    "The signature is not verified: whoever knows the address can send anything.",
    "Verify each delivery before anything else is done with it, and answer 401 where that fails.",
  ],
  "body-reserialised": [
    "What is verified is the body parsed and written again, not its bytes: genuine deliveries are refused, changed ones taken.",
    "Keep the raw body: no JSON parser before the verification.",
  ],
  "no-tolerance": [
    "The time of signing is not looked at: who has seen a delivery once can send it again for ever.",
    "Refuse what was signed more than five minutes ago, or from now.",
  ],
  "no-deduplication": [
    "A delivery that comes twice has two effects, and each that is not answered in time comes again.",
    "Remember each webhook-id that was handled, and answer 2xx to it without doing it again.",
  ],
  "repetition-refused": [
    "A delivery that has been handled is refused when it comes again, so that it comes again and again.",
    "Answer 2xx to it without doing it again.",
  ],
  "no-effect": [
    "A genuine delivery is answered as if it had been handled, and has no effect.",
    "Look whether its type has a handler, and whether --effects counts what that does.",
  ],
  "success-on-failure": [
    "A delivery that could not be handled is answered as if it had been: it is lost.",
    "Answer 500 where handling fails, and mark a delivery as handled only once it is.",
  ],
  "attacks-taken": [
    "Deliveries are taken that nobody may be able to send.",
    "Refuse whatever is not exactly of the form that is signed: the rows marked as wrong say what.",
  ],
  "attacks-unanswered": [
    "Some attacks get no answer: the endpoint fails on them, or waits for what does not come.",
    "Answer 400 to what is malformed, and bound how long a body may take.",
  ],
};

const FORGERIES = ["a byte of the body is another", "the delivery is signed with a key that nobody knows"];
const FORMS_OF_THE_BODY = /^the body (?:is formatted anew|has (?:a newline|a space|a byte order mark))/;
const TIMES = /^the (?:delivery is (?:old|from the future)$|timestamp )/;

/** The mistakes that the answers give away, the gravest first. */
export function findMistakes(cases: readonly Case[]): Mistake[] {
  const names = cases.every(({ status }) => status === undefined)
    ? (["no-answer"] as const)
    : [...mistakesInVerifying(cases), ...mistakesInHandling(cases)];
  return names.map((name) => {
    const [explanation, whatToDo] = EXPLANATIONS[name];
    return { name, explanation, whatToDo };
  });
}

const ofKind = (cases: readonly Case[], kind: Case["kind"]): Case[] => cases.filter((each) => each.kind === kind);
const isWrong = ({ right }: Case): boolean => right === false;

function* mistakesInVerifying(cases: readonly Case[]): Generator<Mistake["name"]> {
  const isGenuineRefused = ofKind(cases, "genuine").some(isWrong);
  if (isGenuineRefused) yield "refuses-genuine";
  const wrong = ofKind(cases, "attack").filter(isWrong);
  const taken = wrong.filter(({ status }) => status !== undefined).map(({ name }) => name);
  if (FORGERIES.every((name) => taken.includes(name))) {
    // Whoever verifies nothing makes every other mistake of verifying as well.
    yield "no-verification";
    return;
  }
  const isReserialised =
    taken.includes("the body is formatted anew") || (!isGenuineRefused && ofKind(cases, "rewritten").some(isWrong));
  const isTimeless = taken.includes("the delivery is old");
  if (isReserialised) yield "body-reserialised";
  if (isTimeless) yield "no-tolerance";
  const explained = (name: string) =>
    (isReserialised && FORMS_OF_THE_BODY.test(name)) || (isTimeless && TIMES.test(name));
  if (!taken.every(explained)) yield "attacks-taken";
  if (wrong.length > taken.length) yield "attacks-unanswered";
}

function* mistakesInHandling(cases: readonly Case[]): Generator<Mistake["name"]> {
  // What is refused as a whole says nothing of this.
  if (ofKind(cases, "genuine").some(isWrong)) return;
  const [repetition] = ofKind(cases, "repetition").filter(isWrong);
  if (repetition?.effects === undefined) {
    if (repetition) yield "repetition-refused";
  } else yield repetition.effects === 0 ? "no-effect" : "no-deduplication";
  if (ofKind(cases, "failure").some(isWrong)) yield "success-on-failure";
}
