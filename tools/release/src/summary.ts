import { styleText } from "node:util";
import { type Document, deliveriesOf, operationsOf } from "@mindbridge-sdk/openapi";
import type { Change } from "./compare/change.ts";

const COLORS = { major: "red", minor: "yellow", patch: "green", none: "dim" } as const;

/** A change for the terminal: its level, whom it concerns, and why. */
export function formatChange(change: Change): string {
  const { level, directions, pointer, what, reason } = change;
  const unnamed = unnamedOperations(change);
  const where = unnamed.length === 0 ? "" : ` Met: ${list(unnamed)}.`;
  return `${styleText(COLORS[level], level)} (${directions.join(", ")}): ${what}${where}\n    ${reason}\n    ${pointer}`;
}

/** A change for a changelog, in users' words. */
export function describeChange(change: Change): string {
  const unnamed = unnamedOperations(change);
  const where = unnamed.length === 0 ? "" : ` (${list(unnamed)}: ${change.directions.join(", ")})`;
  return `${change.level === "major" ? "**Breaking:** " : ""}${change.what.replace(/\.$/, "")}${where}.`;
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
