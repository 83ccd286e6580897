import { type Compiled, type Problem, problemsOf, type Validator } from "./validator.ts";

/**
 * A difference between a response and the contract. A `violation` is what the contract rules out. An `unknown-field` is a
 * property and an `unknown-value` a value of an enum that this version of the contract does not list: neither is a fault.
 */
export interface Mismatch extends Problem {
  readonly kind: "violation" | "unknown-field" | "unknown-value";
}

/** Finds every mismatch between a value and the contract. */
export type Inspect = (value: unknown) => Mismatch[];

/** How to check what an operation sends and receives. */
export interface OperationValidators {
  readonly request?: Validator<unknown>;
  /** Whether there must be a request body. */
  readonly isRequestRequired?: boolean;
  /** Whether the body is a form. `request` takes the object that it is written from, with a `Blob` for each file. */
  readonly isForm?: true;
  /** By status: `undefined` where the response has no content. */
  readonly responses: Readonly<Record<string, Inspect | undefined>>;
}

/**
 * Makes an inspection of two validators: one accepts what the contract accepts, the other only the properties and values
 * that the contract lists.
 */
export function inspector(contract: Compiled, known: Compiled): Inspect {
  return (value) => {
    const mismatches: Mismatch[] = problemsOf(contract, value).map((problem) => ({ kind: "violation", ...problem }));
    const isViolation = new Set(mismatches.map(({ pointer }) => pointer));
    for (const problem of problemsOf(known, value)) {
      const kind = KINDS[problem.keyword];
      if (kind !== undefined && !isViolation.has(problem.pointer)) mismatches.push({ kind, ...problem });
    }
    return mismatches;
  };
}

const KINDS: Readonly<Record<string, Mismatch["kind"]>> = {
  additionalProperties: "unknown-field",
  unevaluatedProperties: "unknown-field",
  enum: "unknown-value",
};
