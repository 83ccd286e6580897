import { styleText } from "node:util";
import type { Change } from "./diff/change.ts";

const COLORS = { major: "red", minor: "yellow", patch: "green", none: "dim" } as const;

/** A change for people: what it means, whom it meets, and why. */
export function formatChange({ level, directions, operations, pointer, what, reason }: Change): string {
  const unnamed = operations.filter((operation) => !what.includes(`\`${operation}\``));
  const where = unnamed.length === 0 ? "" : ` Met: ${unnamed.map((each) => `\`${each}\``).join(", ")}.`;
  return `${styleText(COLORS[level], level)} (${directions.join(", ")}): ${what}${where}\n    ${reason}\n    ${pointer}`;
}
