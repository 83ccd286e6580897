/** What each mistake means, and what to do. */
export const EXPLANATIONS = {
  "no-answer": [
    "The endpoint gives no answer.",
    "Where the row above says ECONNREFUSED, nothing listens there: start it, and look whether --to has its port. Else it got the delivery: see where it waits or fails.",
  ],
  "not-found": [
    "There is nothing at this address that takes deliveries.",
    "Look whether --to has the path of the endpoint, and whether that takes POST.",
  ],
  redirects: [
    "It redirects, which leads a delivery elsewhere, or nowhere, and says of none whether it was taken.",
    "Give --to the address that it leads to, with https or the slash at the end. Let no login page stand before the endpoint, and have it answer 2xx or 4xx itself.",
  ],
  "fails-on-genuine": [
    "The endpoint fails on genuine deliveries: it answers 5xx, or not at all.",
    "Look into its log for the error.",
  ],
  "refuses-genuine": [
    "Genuine deliveries are refused.",
    "Where all of them are, configure the endpoint with the public key above; if it has it, let `mindbridge listen --forward` show what it gets. Where those of a type are, answer 2xx to what you do not handle.",
  ],
  "no-verification": [
    "A delivery that is signed with a key of no one is taken, as if the signature were not verified: whoever knows the address can send anything.",
    "Verify each delivery before anything else is done with it, and answer 401 where that fails. If it is verified once it has been answered, --effects shows that.",
  ],
  "success-on-refusal": [
    "What does not verify has no effect, but is answered as if it had been handled: a genuine delivery that is refused, as after a change of keys, is lost.",
    "Verify before you answer, and answer 401 where that fails.",
  ],
  "body-reserialised": [
    "What is verified is not the bytes of the body, but what was made of them: parsed, trimmed or decoded, and written again. Genuine deliveries are refused, or changed ones taken.",
    "Verify the raw body: nothing that parses or decodes it comes before the verification.",
  ],
  "first-signature-only": [
    "A delivery is refused whose own signature is not the first of the list, as while a key is being replaced.",
    "Split webhook-signature at the spaces, and try each signature.",
  ],
  "no-tolerance": [
    "What was signed too long ago, or for a time to come, is taken: who has seen a delivery once can send it again.",
    "Refuse what was signed more than five minutes ago, or from now. If you let deliveries be older, say so with --tolerance.",
  ],
  "no-deduplication": [
    "A delivery that comes twice has two effects, and each that is not answered in time comes again.",
    "Remember each webhook-id that was handled, not its signature or time, and answer 2xx to it without doing it again.",
  ],
  "repetition-refused": [
    "A delivery that has been handled is refused when it comes again, so that it comes again and again.",
    "Answer 2xx to it without doing it again.",
  ],
  "no-effect": [
    "A genuine delivery is answered as if it had been handled, and no effect shows for as long as --timeout.",
    "Look whether its type has a handler, and whether --effects counts what that does. If it is done later, give --timeout more.",
  ],
  "success-on-failure": [
    "A delivery that could not be handled is answered as if it had been: it is lost.",
    "Answer 500 where handling fails, and mark a delivery as handled only once it is. If a queue of your own tries again, leave --failing out.",
  ],
  "refusal-on-failure": [
    "A delivery that could not be handled is refused, or not answered, as if it were at fault: a sender may not send it again.",
    "Answer 500 where handling fails.",
  ],
  "attacks-taken": [
    "Deliveries are taken that somebody else than the sender can have made or changed.",
    "Refuse whatever is not exactly of the form that is signed: the rows marked as wrong say what.",
  ],
  "attacks-unanswered": [
    "Some attacks get no answer: the endpoint fails on them, or waits for what does not come.",
    "Answer 400 to what is malformed, and bound how long a body may take.",
  ],
} as const satisfies Readonly<Record<string, readonly [explanation: string, whatToDo: string]>>;

/** The name of a mistake. */
export type MistakeName = keyof typeof EXPLANATIONS;
