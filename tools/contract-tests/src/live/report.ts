import type { Redact } from "@mindbridge-sdk/client/redact";
import { isObject, keysOf, pointerOf } from "@mindbridge-sdk/openapi";
import type { LiveCheck, NotCovered } from "./checks.ts";
import type { Mismatch, Verdict } from "./oracle.ts";

/** A check that was run, and its outcome. */
export interface CheckedCall {
  readonly operation: string;
  readonly kind: LiveCheck["kind"];
  readonly name: string;
  /** The status that had to come. */
  readonly expected: number;
  /** The status that came; none where the API did not answer. */
  readonly status?: number;
  readonly outcome: Verdict["outcome"];
  readonly reason?: string;
}

/**
 * The result of a run. The API does what the contract says (`conforms`), or more (`adds`), or something else (`breaks`);
 * it did not answer what some calls asked (`undecided`); or no data was read or created (`proved-nothing`).
 */
export type Result = "conforms" | "adds" | "breaks" | "undecided" | "proved-nothing";

/** What a live run found. `reports/live.json` holds it. */
export interface LiveReport {
  readonly baseUrl: string;
  readonly result: Result;
  readonly calls: readonly CheckedCall[];
  readonly mismatches: readonly Mismatch[];
  readonly notCovered: readonly NotCovered[];
  /** What was created. No published operation deletes it. */
  readonly created: readonly { readonly operation: string; readonly id: string }[];
}

/** Whether a run ends with exit code 0. */
export function isGreen(result: Result): boolean {
  return result === "conforms" || result === "adds";
}

/** The result of all calls together. */
export function resultOf(calls: readonly CheckedCall[], mismatches: readonly Mismatch[]): Result {
  if (calls.some(({ outcome }) => outcome === "breaks")) return "breaks";
  if (!hasProved(calls)) return "proved-nothing";
  if (calls.some(({ outcome }) => outcome === "undecided")) return "undecided";
  return mismatches.length > 0 ? "adds" : "conforms";
}

/** A refusal says nothing of the data. */
function hasProved(calls: readonly CheckedCall[]): boolean {
  return calls.some(({ kind, outcome }) => outcome === "conforms" && (kind === "read" || kind === "create"));
}

const SENTENCES: Readonly<Record<Result, string>> = {
  conforms: "The API does what the contract says.",
  adds: "The API does what the contract says, and more: see above.",
  breaks: "The API breaks the contract: each violation is named above.",
  undecided: "The API did not answer some of the calls, so that part of the contract is undecided: see above.",
  "proved-nothing": "NOTHING WAS PROVED: no data was read or created.",
};

/** The report for people: tables, and a sentence at the end. */
export function formatReport(report: LiveReport): string {
  const { baseUrl, result, calls, mismatches, notCovered, created } = report;
  const sections = [
    `Live API: ${baseUrl}`,
    table(
      "Calls",
      calls.map(({ operation, name, expected, status, outcome, reason }) => ({
        operation,
        call: name,
        expected: String(expected),
        found: String(status ?? "-"),
        outcome: reason === undefined ? outcome : `${outcome}: ${reason}`,
      })),
    ),
    table(
      "Against the contract, and beyond it",
      mismatches.map(({ kind, operation, check, part, pointer, expected, found }) => ({
        kind,
        operation,
        call: check,
        place: `${part} ${pointer}`.trim(),
        expected,
        found,
      })),
    ),
    table(
      "Not covered",
      notCovered.map(({ operation, reason }) => ({ operation, reason })),
    ),
    ...created.map(({ operation, id }) => `${operation} made ${id}. Delete it in MindBridge.`),
    SENTENCES[result],
  ];
  if (result === "breaks" && !hasProved(calls)) sections.push("No data was read or created as the contract says.");
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** Longer cells make a table unreadable; the JSON has all of it. In characters. */
const WIDEST = 100;

function table(title: string, rows: readonly Readonly<Record<string, string>>[]): string {
  const [first] = rows;
  if (first === undefined) return "";
  const names = Object.keys(first);
  const lines = [names, ...rows.map((row) => names.map((name) => shorten(row[name] ?? "")))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join("\n");
}

/** One line without control characters, which could steer a terminal. */
function shorten(text: string): string {
  const line = text.replaceAll(/\p{Cc}+/gu, " ");
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}

/** A copy of the report in which no text holds a token, also where the API echoed it. */
export function withoutTokens(report: LiveReport, redact: Redact): LiveReport {
  const visit = (part: unknown): unknown => {
    if (typeof part === "string") return redact(part);
    if (Array.isArray(part)) return part.map(visit);
    if (!isObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
  };
  // A pointer escapes what its keys hold.
  const redactKeys = (pointer: string): string => pointerOf(keysOf(pointer).map(redact)).slice(1);
  const mismatches = report.mismatches.map((each) => ({ ...each, pointer: redactKeys(each.pointer) }));
  return visit({ ...report, mismatches }) as LiveReport;
}
