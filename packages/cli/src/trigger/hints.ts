import type { Case, Reason } from "./case.ts";

/** What is no mistake, and yet not as it should be. */
export interface Hint {
  readonly name: "lenient" | Reason;
  readonly explanation: string;
  readonly whatToDo: string;
}

const HINTS: Readonly<Record<Hint["name"], readonly [explanation: string, whatToDo: string]>> = {
  lenient: [
    "what spells a genuine delivery in another way, or only the sender can make, is taken.",
    "It does no harm as long as the id that is verified is the one that is remembered. The rows marked with ! say what a stricter verification would refuse.",
  ],
  "no-effects": [
    "whether a delivery that comes twice has one effect.",
    "Give --effects URL, which answers each GET with how many deliveries were handled so far.",
  ],
  "no-failing": [
    "whether a delivery that cannot be handled is answered with 5xx.",
    "Give --failing path=value, with which it cannot be.",
  ],
  limited: ["what was answered with 429, or with 503 and Retry-After.", "Lift the limit, and test again."],
  "refused-for-content": [
    "whether text beyond ASCII is verified byte for byte: a body with a field more is refused however that is written.",
    "Put some into a field that you have, with --set.",
  ],
  unproven: [
    "what was refused, or not sent, while genuine deliveries were not taken: it proves nothing.",
    "Correct that first. Where genuine ones were taken before, lift what limits a sender, or shuts it out.",
  ],
  "not-sent": [
    "attacks that were not sent, since three got no answer in time, or all of them took longer than two minutes.",
    "Answer sooner, and test again.",
  ],
};

/** What could not be checked, and what is lenient, each once. */
export function findHints(cases: readonly Case[]): Hint[] {
  const names = cases.flatMap(({ verdict, reason }): Hint["name"][] =>
    verdict === "lenient" ? [verdict] : reason === undefined ? [] : [reason],
  );
  return [...new Set(names)].map((name) => {
    const [explanation, whatToDo] = HINTS[name];
    return { name, explanation, whatToDo };
  });
}

/** Whether something was to be checked, and could not be: the examination is not complete then. */
export function isIncomplete(cases: readonly Case[]): boolean {
  return cases.some(({ reason }) => reason === "unproven" || reason === "not-sent");
}
