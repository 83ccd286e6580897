import type { Judged } from "../goals.ts";
import type { Group } from "../measure/group.ts";
import { rounded } from "./numbers.ts";

/** A group as a table in Markdown. */
export function table({ unit, baseline, measures, note }: Group): string {
  const rows = measures.map(({ name, value, ratio, spread }) => [
    name === baseline ? `**${name}**` : name,
    rounded(value),
    ratio.toFixed(2),
    spread && name !== baseline ? `${spread[0].toFixed(2)} to ${spread[1].toFixed(2)}` : "",
  ]);
  const varies = measures.some(({ spread }) => spread);
  const head = ["", unit, `to ${baseline}`, ...(varies ? ["half of the rounds"] : [])];
  const lines = [
    head,
    head.map((_, index) => (index ? "--:" : "---")),
    ...rows.map((row) => row.slice(0, head.length)),
  ];
  return `${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n${note ? `\n${note}\n` : ""}`;
}

/** The goals as a table in Markdown. */
export function goalTable(goals: readonly Judged[]): string {
  const rows = goals.map(({ what, better, limit, unit, reached, isMet, limits = "" }) => {
    const bound = `${better === "lower" ? "at most" : "at least"} ${rounded(limit)} ${unit}`.trim();
    return `| ${what} | ${bound} | ${rounded(reached)} | ${isMet ? "met" : `**missed**: ${limits}`} |`;
  });
  return `| what | goal | measured | |\n| --- | --- | --: | --- |\n${rows.join("\n")}\n`;
}
