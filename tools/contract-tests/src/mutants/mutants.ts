import { DELIVERY_MUTANTS } from "./deliveries.ts";
import type { Mutant } from "./mutant.ts";
import { OPERATION_MUTANTS } from "./operations.ts";
import { REQUEST_MUTANTS } from "./requests.ts";
import { RESPONSE_MUTANTS } from "./responses.ts";

/** Every change of the document that the tests are tested by. */
export const MUTANTS: readonly Mutant[] = [
  ...REQUEST_MUTANTS,
  ...OPERATION_MUTANTS,
  ...RESPONSE_MUTANTS,
  ...DELIVERY_MUTANTS,
];
