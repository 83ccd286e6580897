import type { Problem } from "@mindbridge-sdk/generator";
import type { Effort, GeneratorName } from "./compare.ts";

/** What became of a document. */
export interface Row {
  readonly name: string;
  readonly operations: Share;
  readonly deliveries: Share;
  /** Wrong examples that were removed. */
  readonly examples: number;
  readonly validators: number;
  readonly typeErrors: readonly string[];
  /** Nothing where generators were not compared. */
  readonly efforts: Partial<Record<GeneratorName, Effort>> | undefined;
  /** The operations that were called, and how many of them answered with the declared status; nothing if none was to be called. */
  readonly calls: Share | undefined;
  readonly refusals: readonly Problem[];
}

/** How many of how many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** What the columns show, of which the comparison has those after the first seven. */
const HEADINGS = [
  "document",
  "operations",
  "deliveries",
  "wrong examples",
  "validators",
  "errors of tsc",
  "calls answered",
  "time, of openapi-typescript's",
  "hey-api's",
  "size",
  "openapi-typescript's",
  "hey-api's",
];

/** The table, in Markdown. */
export function formatTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const cells = rows.map((row) => [...countsOf(row), ...(row.efforts ? comparisonOf(row.efforts) : [])]);
  const headings = HEADINGS.slice(0, cells[0]?.length);
  return [headings, headings.map((_, index) => (index === 0 ? "---" : "--:")), ...cells].map(line).join("\n");
}

function countsOf({ name, operations, deliveries, examples, validators, typeErrors, calls }: Row): string[] {
  const share = (value: Share | undefined) => (value && value.of > 0 ? `${value.count} of ${value.of}` : "");
  return [
    name,
    share(operations),
    share(deliveries),
    String(examples),
    String(validators),
    String(typeErrors.length),
    share(calls),
  ];
}

function comparisonOf({ ours, openapiTypescript, heyApi }: Partial<Record<GeneratorName, Effort>>): string[] {
  const times = (effort: Effort | undefined) =>
    effort && openapiTypescript ? `${(effort.time / openapiTypescript.time).toFixed(1)} times` : "fails";
  const size = (effort: Effort | undefined) =>
    effort ? `${Math.round(effort.bytes / 1_000).toLocaleString("en")} kB` : "fails";
  return [times(ours), times(heyApi), size(ours), size(openapiTypescript), size(heyApi)];
}

/** For each document and each rule how many operations and deliveries it refuses, and the first of the problems. */
export function formatRefusals(rows: readonly Row[]): string {
  return rows
    .flatMap(({ name, refusals }) =>
      [...Map.groupBy(refusals, ({ rule }) => rule)].map(([rule, problems]) => {
        const [{ message, pointer } = { message: "", pointer: "" }] = problems;
        return `${name}: ${rule} refuses ${problems.length}, such as ${pointer}: ${message}`;
      }),
    )
    .join("\n");
}
