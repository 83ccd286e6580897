import { readModel } from "@mindbridge-sdk/generator";
import type { Document } from "@mindbridge-sdk/openapi";
import type { Change } from "./diff/change.ts";
import type { Level } from "./diff/level.ts";

const OPENINGS: Readonly<Record<Level, string>> = {
  major: "The contract has changed, and code may have to change with it:",
  minor: "The contract has grown:",
  patch: "The contract is written better, and code stays as it is:",
  none: "",
};

/** The changes for a changelog, in users' words. */
export function summarise(level: Level, changes: readonly Change[]): string {
  const isRead = ({ directions }: Change): boolean => directions.every((each) => each === "documentation");
  const told = changes.filter((change) => change.level !== "none");
  const lines = told.filter((change) => !isRead(change)).map(lineOf);
  const read = told.filter(isRead).map(({ what }) => what);
  // Of many places that only read differently, what was said of each helps nobody.
  if (read.length > 3) lines.push(`- ${read.length} descriptions and examples have changed.`);
  else lines.push(...read.map((what) => `- ${what}`));
  return `${OPENINGS[level]}\n\n${lines.join("\n")}`;
}

function lineOf({ level, operations, directions, what }: Change): string {
  const unnamed = operations.filter((operation) => !what.includes(`\`${operation}\``));
  const where =
    unnamed.length === 0 ? "" : ` (${unnamed.map((each) => `\`${each}\``).join(", ")}: ${directions.join(", ")})`;
  return `- ${level === "major" ? "**Breaking:** " : ""}${what.replace(/\.$/, "")}${where}.`;
}

/** What the first release offers. */
export function summariseFirst(document: Document): string {
  const { operations, deliveries } = readModel(document);
  const names = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(", ");
  return `The first release.\n\n- Operations: ${names(operations.map(({ id }) => id))}.\n- Deliveries: ${names(deliveries.flatMap(({ types }) => types))}.`;
}
