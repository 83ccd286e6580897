import { table } from "../layout.ts";
import { fieldLines, type Output, textOf } from "../output.ts";
import { printableLine } from "../printable.ts";

/** A page of a query, as the vendor's general rule has it. */
interface Page {
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly number?: number;
  readonly totalPages?: number;
  readonly totalElements?: number;
}

/** The columns that people look for, the most important first. The others follow as they come, if there is room. */
const FIRST = ["id", "name", "status", "eventType", "attemptStartDate", "responseStatusCode", "events", "url"];

/** The fields that every entity has, and that say little about it. */
const OF_EVERY_ENTITY = ["version", "creationDate", "lastModifiedDate"];

/** The statuses of a delivery that did not arrive. */
const FAILURES: readonly unknown[] = ["FAILED", "FAILED_PERMANENTLY", "DISCONNECTED"];

export function isPage(answer: unknown): answer is Page {
  const { content } = Object(answer) as { content?: unknown };
  return Array.isArray(content) && content.every((item) => typeof item === "object" && item !== null);
}

/** A page as a table. Failures come first, unless the user asked for an order. With `verbose`, it has every field. */
export function pageLines(
  { content, number = 0, totalPages = 1, totalElements = content.length }: Page,
  {
    command,
    verbose,
    isSorted,
  }: { readonly command: string; readonly verbose?: true | undefined; readonly isSorted: boolean },
  output: Output,
): string[] {
  const [failed, others] = [content.filter(hasFailed), content.filter((item) => !hasFailed(item))];
  const items = isSorted ? content : [...failed, ...others];
  const pages = totalPages > 1 ? ` Page ${number} of 0 to ${totalPages - 1}: --page shows another.` : "";
  const count = `${content.length} of ${totalElements}.${pages}`;
  if (items.length === 0) return [totalElements === 0 ? "There are none." : count];
  if (verbose) return [...items.flatMap((item) => [...fieldLines(item, output), ""]), count];

  const fields = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((name) =>
    items.some((item) => isCell(item[name])),
  );
  const named = FIRST.filter((name) => fields.includes(name));
  const columns = [...named, ...fields.filter((name) => !named.includes(name) && !OF_EVERY_ENTITY.includes(name))];
  const rows = items.map((item) => columns.map((name) => cellOf(item[name])));
  const { lines, isCut } = table(columns.map(printableLine), rows, output.width);
  const [head = "", ...body] = lines;
  const styled = body.map((line, at) => (hasFailed(items[at] ?? {}) ? output.style("red", line) : line));
  const rest = isCut ? ` Every field: mindbridge ${command} --verbose` : "";
  return [output.style("dim", head), ...styled, "", `${count}${rest}`];
}

function hasFailed({ status }: Readonly<Record<string, unknown>>): boolean {
  return FAILURES.includes(status);
}

/** Whether a value fits into a cell: it is no object, and no list of objects. */
function isCell(value: unknown): boolean {
  return value !== undefined && [value].flat().every((item) => typeof item !== "object");
}

/** A value on a line. A time has no milliseconds. */
function cellOf(value: unknown): string {
  if (!isCell(value)) return "";
  const text = [value].flat().map(textOf).join(", ");
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1 $2Z");
}
