import type { Change } from "@mindbridge-sdk/openapi/corpus";
import { ORACLES, type Oracle, type Result, type Verdict } from "./run.ts";

/** The share of changes that have to be noticed without the reference: 25 of 30. */
const SHARE = 25 / 30;

/** How many changes there are, how many each oracle notices, and how many are noticed without the reference or not at all. */
export type Totals = Readonly<Record<Oracle | "changes" | "withoutReference" | "survivors", number>>;

export function totalsOf(results: readonly Result[]): Totals {
  const count = (matches: (verdict: Verdict) => boolean): number =>
    results.filter(({ verdict }) => matches(verdict)).length;
  return {
    changes: results.length,
    generator: count(({ generator }) => generator !== undefined),
    types: count(({ types }) => types !== undefined),
    contract: count(({ contract }) => contract !== undefined),
    reference: count(({ reference }) => reference !== undefined),
    withoutReference: count((verdict) => noticerOf(verdict) === "tests"),
    survivors: count((verdict) => noticerOf(verdict) === "nobody"),
  };
}

/** Who notices a change: the tests, only the reference, or nobody. */
function noticerOf({ generator, types, contract, reference }: Verdict): "tests" | "reference" | "nobody" {
  if ((generator ?? types ?? contract) !== undefined) return "tests";
  return reference === undefined ? "nobody" : "reference";
}

/** Who the corpus says notices a change, and why the tests do not. */
function expectedOf({ noticed }: Change): { readonly by: ReturnType<typeof noticerOf>; readonly reason?: string } {
  if (noticed === undefined || noticed === "by tests") return { by: "tests" };
  if ("byNobody" in noticed) return { by: "nobody", reason: noticed.byNobody };
  return { by: "reference", reason: noticed.byReferenceAlone };
}

/**
 * Compares who notices each change with what the corpus says.
 *
 * @param control What the oracles say of the document as it is.
 * @returns A sentence for each problem.
 */
export function problemsOf(control: Verdict, results: readonly Result[]): string[] {
  const { changes, withoutReference } = totalsOf(results);
  const due = Math.ceil(changes * SHARE);
  return [
    ...ORACLES.flatMap((oracle) =>
      control[oracle] === undefined ? [] : [`The document as it is: ${oracle} reports ${control[oracle]}`],
    ),
    ...results.flatMap(({ change, verdict }) => {
      const [is, { by }] = [noticerOf(verdict), expectedOf(change)];
      return is === by ? [] : [`"${change.title}" is noticed by ${is}, not by ${by}. ${ADVICE[is]}`];
    }),
    ...(withoutReference < due
      ? [
          `Only ${withoutReference} of ${changes} changes are noticed without the reference. At least ${due} have to be.`,
        ]
      : []),
  ];
}

const ADVICE: Readonly<Record<ReturnType<typeof noticerOf>, string>> = {
  tests: "Correct the corpus.",
  reference: "Add a test that notices it, or say in the corpus why there can be none.",
  nobody: "Add a test that notices it, or say in the corpus why there can be none.",
};

const NOTICES = "notices";

/** A table of the changes and who notices each. */
export function formatTable(results: readonly Result[]): string {
  const width = Math.max("change".length, ...results.map(({ change }) => change.title.length));
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(width)}  ${cells.map((cell, index) => cell.padEnd(Math.max(NOTICES.length, ORACLES[index]?.length ?? 0))).join("  ")}`.trimEnd();
  const cellOf = (verdict: Verdict, oracle: Oracle): string => {
    if (verdict[oracle] !== undefined) return NOTICES;
    // Where nothing is generated, there are no types.
    return oracle === "types" && verdict.generator !== undefined ? "-" : "";
  };
  const totals = totalsOf(results);
  return [
    row("change", ORACLES),
    ...results.map(({ change, verdict }) =>
      row(
        change.title,
        ORACLES.map((oracle) => cellOf(verdict, oracle)),
      ),
    ),
    "",
    row(
      `of ${totals.changes}`,
      ORACLES.map((oracle) => String(totals[oracle])),
    ),
    `${totals.withoutReference} are noticed without the reference, ${totals.survivors} by nobody.`,
    "",
    ...results.flatMap(({ change, verdict }) => {
      const by = noticerOf(verdict);
      if (by === "tests") return [];
      const who = by === "nobody" ? "nobody" : "the reference alone";
      return [`"${change.title}" is noticed by ${who}: ${expectedOf(change).reason ?? "no reason is given."}`];
    }),
  ].join("\n");
}
