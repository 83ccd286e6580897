// Fits what people read into the width of their terminal. What is piped has no width, and stays whole.
import measure from "fast-string-truncated-width";

/** The columns of a terminal; `undefined` for what is piped. */
export type Width = number | undefined;

/** The columns of a terminal that does not say how many it has. */
const USUAL_WIDTH = 80;

/** The narrowest column of a table into which a longer text is cut. */
const NARROWEST = 12;

/** Between two columns of a table. */
const GAP = "  ";

export function widthOf({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): Width {
  return isTTY ? columns || USUAL_WIDTH : undefined;
}

/** How many columns a text takes, without its colours. */
export function columnsOf(text: string): number {
  return measure(text).width;
}

/** A text in at most so many columns: the end of a longer one is cut, with `…`. */
export function cut(text: string, width: number): string {
  const { index, ellipsed } = measure(text, { limit: width, ellipsis: "…", ellipsisWidth: 1 });
  return ellipsed ? `${text.slice(0, index)}…` : text;
}

/**
 * Breaks the lines of a text between words. What continues a line is indented as it is. A word, or a `code span`, that is longer than
 * a line stays whole, so that it can be copied.
 */
export function wrap(text: string, width: Width): string {
  if (width === undefined) return text;
  return text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const [indent = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const [word] of text.matchAll(/ *(?:[^\s`]*`[^`]+`\S*|\S+)/g)) {
    const fits = line.trim() === "" || columnsOf(line) + columnsOf(word) <= width;
    if (!fits) lines.push(line);
    line = fits ? line + word : indent + word.trimStart();
  }
  return [...lines, line].join("\n");
}

/** A text in pieces of at most so many columns. */
function pieces(text: string, width: number): string[] {
  const found: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const { index } = measure(rest, { limit: width });
    // A character may be wider than the line.
    const length = index || 1;
    found.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return found;
}

/** A name and its value. A value that does not fit beside the name stands below it, whole. */
export function field(name: string, value: string, nameWidth: number, width: Width): string {
  const start = name + " ".repeat(Math.max(0, nameWidth - columnsOf(name))) + GAP;
  if (width === undefined || columnsOf(start) + columnsOf(value) <= width) return start + value;
  const inside = wrap(value, width - GAP.length).split("\n");
  return [name, ...inside.flatMap((line) => pieces(line, width - GAP.length)).map((line) => GAP + line)].join("\n");
}

/** A table that fits. */
export interface Table {
  /** The head and the rows. */
  readonly lines: string[];
  /** Whether a column was left out, or a text cut. */
  readonly isCut: boolean;
}

/** Lays out a table. If it is too wide, texts are cut, but for the first column, and then the last columns are left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width: Width): Table {
  const natural = head.map((name, at) => Math.max(columnsOf(name), ...rows.map((row) => columnsOf(row[at] ?? ""))));
  const widest = width === undefined ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, Math.floor(width * 0.3));
  const widths: number[] = [];
  let left = width ?? Number.POSITIVE_INFINITY;
  for (const [at, wanted] of natural.entries()) {
    const taken = Math.min(at === 0 ? wanted : Math.min(wanted, widest), left);
    if (taken < Math.min(wanted, NARROWEST)) break;
    widths.push(taken);
    left -= taken + GAP.length;
  }
  const lineOf = (cells: readonly string[]) =>
    widths
      .map((each, at) => {
        const text = cut(cells[at] ?? "", each);
        return text + " ".repeat(each - columnsOf(text));
      })
      .join(GAP)
      .trimEnd();
  const isCut = widths.length < head.length || widths.some((each, at) => each < (natural[at] ?? 0));
  return { lines: [head, ...rows].map(lineOf), isCut };
}
