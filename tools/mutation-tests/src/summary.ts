import type { MutantResult } from "@stryker-mutator/api/core";
import type { Target } from "./targets.ts";

/** The parts of Stryker's results that count. */
export type Counted = Pick<MutantResult, "fileName" | "location" | "mutatorName" | "replacement" | "status">;

export interface Summary {
  /** Noticed by a test that failed or never ended. */
  readonly killed: number;
  /** Those that no test noticed. */
  readonly survivors: readonly Counted[];
  /** The share that was noticed, in percent. */
  readonly score: number;
}

/** Mutants that are no valid code, and those that are left out, count for nothing. */
export function summaryOf(results: readonly Counted[]): Summary {
  const killed = results.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const survivors = results.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const all = killed + survivors.length;
  return { killed, survivors, score: all === 0 ? 0 : (100 * killed) / all };
}

export function isGood({ threshold }: Pick<Target, "threshold">, { score }: Summary): boolean {
  return score >= threshold;
}

/** For people: each survivor with its place, then the score. */
export function formatSummary(target: Target, summary: Summary, seconds: number): string {
  const { killed, survivors, score } = summary;
  const lines = survivors.map(({ fileName, location: { start }, mutatorName, replacement = "", status }) => {
    const place = `${fileName}:${start.line}:${start.column}`;
    const fate = status === "NoCoverage" ? "reached by no test" : "survived";
    return `${place} ${mutatorName} → ${replacement.replaceAll(/\s+/g, " ").slice(0, 80)} (${fate})`;
  });
  const verdict = isGood(target, summary) ? "" : ` At least ${target.threshold} % are due.`;
  const total = killed + survivors.length;
  return [
    ...lines,
    `${target.name}: ${killed} of ${total} mutants killed, ${score.toFixed(1)} %, in ${seconds.toFixed(0)} s.${verdict}`,
  ].join("\n");
}
