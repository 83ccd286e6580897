import { styleText } from "node:util";
import { type Document, deliveriesOf, operationsOf } from "@mindbridge-sdk/openapi";
import type { Change, Level } from "./compare/change.ts";

const COLORS = { major: "red", minor: "yellow", patch: "green", none: "dim" } as const;

/** A change for the terminal: its level, whom it concerns, and why. */
export function formatChange(change: Change): string {
  const { level, directions, pointer, what, reason } = change;
  const unnamed = unnamedOperations(change);
  const where = unnamed.length === 0 ? "" : ` Met: ${list(unnamed)}.`;
  return `${styleText(COLORS[level], level)} (${directions.join(", ")}): ${what}${where}\n    ${reason}\n    ${pointer}`;
}

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
  // A long list of changed descriptions helps nobody.
  if (read.length > 3) lines.push(`- ${read.length} descriptions and examples have changed.`);
  else lines.push(...read.map((what) => `- ${what}`));
  return `${OPENINGS[level]}\n\n${lines.join("\n")}`;
}

function lineOf(change: Change): string {
  const unnamed = unnamedOperations(change);
  const where = unnamed.length === 0 ? "" : ` (${list(unnamed)}: ${change.directions.join(", ")})`;
  return `- ${change.level === "major" ? "**Breaking:** " : ""}${change.what.replace(/\.$/, "")}${where}.`;
}

/** The operations that the text of a change does not name. */
function unnamedOperations({ operations, what }: Change): string[] {
  return operations.filter((operation) => !what.includes(`\`${operation}\``));
}

/** What the first release offers. */
export function summariseFirst(document: Document): string {
  const operations = operationsOf(document).map(({ id }) => id);
  const types = deliveriesOf(document).flatMap((delivery) => delivery.types);
  return `The first release.\n\n- Operations: ${list(operations)}.\n- Deliveries: ${list(types)}.`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
