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
