import { styleText } from "node:util";
import { type Document, deliveriesOf, operationsOf } from "@mindbridge-sdk/openapi";
import type { Change, Direction, Level } from "./compare/change.ts";

const COLORS = { major: "red", minor: "yellow", patch: "green", none: "dim" } as const;

const SENT = {
  major: "What was sent before may be refused, may mean something else, or no longer compiles.",
  minor: "More may be sent than before, and what was sent stays valid.",
  patch: "The same is sent as before.",
};
const READ = {
  major: "Code that relies on what came before no longer compiles, or finds something else.",
  minor: "More comes or is promised than before, and code that reads the rest stays as it is.",
  patch: "More is promised than before, in a way that no type shows.",
};

/** Why a change has its level, by the side of the contract that it is on. */
const REASONS: Readonly<Record<Direction, Readonly<Partial<Record<Level, string>>>>> = {
  request: SENT,
  answer: SENT,
  response: READ,
  delivery: READ,
  name: { major: "Code that uses the name no longer compiles.", minor: "A new name is new API." },
  address: {
    major: "What users fill in to make the address is something else.",
    minor: "Code stays as it is and calls the new address; who lets traffic out by name has to know.",
    patch: "The packages use the first server of the document.",
  },
  security: {
    major: "Who could call before may be refused, or receivers miss what came with a delivery.",
    minor: "Who could call before still can, and receivers get all that came with a delivery.",
  },
  documentation: {
    patch: "It is published with the packages for people, mocks and tests, and code means the same.",
    none: "It says nothing by itself: where it shows in what is generated, that is compared.",
  },
};

export function reasonFor({ level, directions: [direction = "documentation"], keyword }: Change): string {
  if (keyword === "deprecated" && level === "minor") return "Users have to learn that it is deprecated before it goes.";
  if (keyword === "deprecated") return "Users need no longer prepare for its end.";
  return REASONS[direction][level] ?? "Types and values stay as they are.";
}

/** A change for the terminal: its level, whom it concerns, and why. */
export function formatChange(change: Change): string {
  const { level, directions, pointer, what } = change;
  const unnamed = unnamedOperations(change);
  const where = unnamed.length === 0 ? "" : ` Met: ${list(unnamed)}.`;
  return `${styleText(COLORS[level], level)} (${directions.join(", ")}): ${what}${where}\n    ${reasonFor(change)}\n    ${pointer}`;
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
