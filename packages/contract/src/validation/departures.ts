import { type Compiled, type Problem, problemsOf, type Validator } from "./validator.ts";

/**
 * Where a response departs from the contract: `violation` is what the contract rules out, `unknown-field` a property and
 * `unknown-value` a value of an enum that this version of the contract does not list, which is no fault.
 */
export interface Departure extends Problem {
  readonly kind: "violation" | "unknown-field" | "unknown-value";
}

/** Finds every departure of a value. */
export type Inspect = (value: unknown) => Departure[];

/** How to check what an operation sends and receives. */
export interface OperationValidators {
  readonly request?: Validator<unknown>;
  /** Whether there must be a request body. */
  readonly isRequestRequired?: boolean;
  /** By status: `undefined` where the response has no content. */
  readonly responses: Readonly<Record<string, Inspect | undefined>>;
}

/**
 * Makes an inspection of two validators: one of what the contract asks, and one that besides knows nothing but what the
 * contract lists.
 */
export function inspector(contract: Compiled, known: Compiled): Inspect {
  return (value) => {
    const departures: Departure[] = problemsOf(contract, value).map((problem) => ({ kind: "violation", ...problem }));
    const isViolation = new Set(departures.map(({ pointer }) => pointer));
    for (const problem of problemsOf(known, value)) {
      const kind = KINDS[problem.keyword];
      if (kind !== undefined && !isViolation.has(problem.pointer)) departures.push({ kind, ...problem });
    }
    return departures;
  };
}

const KINDS: Readonly<Record<string, Departure["kind"]>> = {
  additionalProperties: "unknown-field",
  unevaluatedProperties: "unknown-field",
  enum: "unknown-value",
};
