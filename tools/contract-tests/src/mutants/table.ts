import { JUDGES } from "./judge.ts";
import { isKilledWithoutFidelity, isSurvivor, type Result, totalsOf } from "./result.ts";

/** The mutants and who kills each, for people. */
export function formatTable(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ mutant }) => mutant.name.length), "killed without the facts".length);
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(width)}  ${cells.map((cell, index) => cell.padEnd(JUDGES[index]?.length ?? 0)).join("  ")}`.trimEnd();
  const totals = totalsOf(results);
  const unreached = "-";
  return [
    row("mutant", JUDGES),
    ...results.map(({ mutant, verdict }) =>
      row(
        mutant.name,
        // Where nothing is generated, there are no types to check.
        JUDGES.map((judge) =>
          verdict[judge] === undefined
            ? judge === "types" && verdict.generator !== undefined
              ? unreached
              : ""
            : "killed",
        ),
      ),
    ),
    "",
    row(
      `of ${totals.mutants}`,
      JUDGES.map((judge) => String(totals[judge])),
    ),
    `${totals.withoutFidelity} are killed without the facts, ${totals.survivors} survive.`,
    "",
    ...results.flatMap(({ mutant, verdict }) => {
      if (isKilledWithoutFidelity(verdict)) return [];
      const fate = isSurvivor(verdict) ? "survives" : "is killed by the facts alone";
      return [`"${mutant.name}" ${fate}: ${mutant.survives ?? mutant.onlyFidelity ?? "no reason is given."}`];
    }),
  ].join("\n");
}
