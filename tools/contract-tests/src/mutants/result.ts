import { JUDGES, type Verdict } from "./judge.ts";
import type { Mutant } from "./mutant.ts";

/** What became of a mutant. */
export interface Result {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

/** How many of all mutants have to be noticed without the comparison with the facts: 25 of 30. */
const SHARE = 25 / 30;

export interface Totals {
  readonly mutants: number;
  readonly generator: number;
  readonly types: number;
  readonly contract: number;
  readonly fidelity: number;
  /** Those that the generator, the types or the contract tests notice. */
  readonly withoutFidelity: number;
  /** Those that nothing notices. */
  readonly survivors: number;
}

export function totalsOf(results: readonly Result[]): Totals {
  const count = (matches: (verdict: Verdict) => boolean): number =>
    results.filter(({ verdict }) => matches(verdict)).length;
  return {
    mutants: results.length,
    generator: count(({ generator }) => generator !== undefined),
    types: count(({ types }) => types !== undefined),
    contract: count(({ contract }) => contract !== undefined),
    fidelity: count(({ fidelity }) => fidelity !== undefined),
    withoutFidelity: count(isKilledWithoutFidelity),
    survivors: count(isSurvivor),
  };
}

export function isKilledWithoutFidelity({ generator, types, contract }: Verdict): boolean {
  return (generator ?? types ?? contract) !== undefined;
}

export function isSurvivor(verdict: Verdict): boolean {
  return JUDGES.every((judge) => verdict[judge] === undefined);
}

/**
 * Holds what became of the mutants against what is written beside each.
 *
 * @param control What became of the document as it is.
 * @returns One sentence for each thing that is wrong; none if all is as it should be.
 */
export function problemsOf(control: Verdict, results: readonly Result[]): string[] {
  const { mutants, withoutFidelity } = totalsOf(results);
  const due = Math.ceil(mutants * SHARE);
  return [
    ...JUDGES.flatMap((judge) =>
      control[judge] === undefined ? [] : [`The document as it is: ${judge} finds fault with it. ${control[judge]}`],
    ),
    ...results.flatMap(({ mutant, verdict }) => problemOf(mutant, verdict)),
    ...(withoutFidelity < due
      ? [`${withoutFidelity} of ${mutants} mutants are killed without the facts: at least ${due} have to be.`]
      : []),
  ];
}

function problemOf({ name, onlyFidelity, survives }: Mutant, verdict: Verdict): string[] {
  const killer = JUDGES.find((judge) => verdict[judge] !== undefined);
  const by = `is killed by ${killer}, although a reason says`;
  if (onlyFidelity !== undefined && survives !== undefined) return [`"${name}" has two reasons: leave one.`];
  if (survives !== undefined)
    return killer === undefined ? [] : [`"${name}" ${by} why it survives: remove the reason.`];
  if (killer === undefined) return [`"${name}" survives, without a reason: add a test that kills it, or say why not.`];
  if (onlyFidelity !== undefined)
    return killer === "fidelity" ? [] : [`"${name}" ${by} why only the facts kill it: remove the reason.`];
  return killer === "fidelity" ? [`"${name}" is killed by the facts alone, without a reason.`] : [];
}
