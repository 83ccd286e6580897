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
    | "success-on-failure"
    | "attacks-taken";
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
  "success-on-failure": [
    "A delivery that could not be handled is answered as if it had been: it is lost.",
    "Answer 500 where handling fails, and mark a delivery as handled only once it is.",
  ],
  "attacks-taken": [
    "Deliveries are taken that nobody may be able to send.",
    "Refuse whatever is not exactly of the form that is signed: the rows marked as wrong say what.",
  ],
};

const FORMS_OF_THE_BODY = /^the body (?:is formatted anew|has (?:a newline|a space|a byte order mark))/;
const TIMES = /^the (?:delivery is (?:old|from the future)$|timestamp )/;

/** The mistakes that the answers give away, the gravest first. */
export function findMistakes(cases: readonly Case[]): Mistake[] {
  const wrong = cases.filter(({ right }) => right === false);
  const isWrong = (kind: Case["kind"]) => wrong.some((each) => each.kind === kind);
  const found = [...mistakesInVerifying(cases, wrong)];
  if (isWrong("repetition") && !found.includes("refuses-genuine") && !found.includes("no-answer")) {
    found.push("no-deduplication");
  }
  if (isWrong("failure") && !found.includes("refuses-genuine") && !found.includes("no-answer")) {
    found.push("success-on-failure");
  }
  return found.map((name) => {
    const [explanation, whatToDo] = EXPLANATIONS[name];
    return { name, explanation, whatToDo };
  });
}

function* mistakesInVerifying(cases: readonly Case[], wrong: readonly Case[]): Generator<Mistake["name"]> {
  if (cases.every(({ status, answer }) => status === undefined && answer !== "")) {
    yield "no-answer";
    return;
  }
  const isTaken = (name: string) => wrong.some((each) => each.kind === "attack" && each.name === name);
  const isForgeable =
    isTaken("a byte of the body is another") && isTaken("the delivery is signed with a key that nobody knows");
  if (wrong.some(({ kind }) => kind === "genuine")) yield "refuses-genuine";
  if (isForgeable) {
    yield "no-verification";
    return;
  }
  const taken = wrong.filter(({ kind }) => kind === "attack").map(({ name }) => name);
  const isRewrittenRefused =
    wrong.some(({ kind }) => kind === "rewritten") && !wrong.some(({ kind }) => kind === "genuine");
  if (isRewrittenRefused || taken.includes("the body is formatted anew")) yield "body-reserialised";
  if (taken.includes("the delivery is old")) yield "no-tolerance";
  const explained = [
    ...(isRewrittenRefused || taken.includes("the body is formatted anew") ? [FORMS_OF_THE_BODY] : []),
    ...(taken.includes("the delivery is old") ? [TIMES] : []),
  ];
  if (taken.some((name) => !explained.some((names) => names.test(name)))) yield "attacks-taken";
}
