/** A block of code in a Markdown file. */
export interface CodeBlock {
  readonly code: string;
  /** The line of its first fence, from 1. */
  readonly line: number;
  /** The text of an HTML comment right above it, which readers do not see. */
  readonly note?: string | undefined;
}

/** The fenced blocks of one language, in order. */
export function codeBlocks(markdown: string, language: string): CodeBlock[] {
  const fence = new RegExp(`(?:^<!-- ([^\\n]*) -->\\n)?^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...markdown.matchAll(fence)].map(({ 1: note, 2: code = "", index }) => ({
    code,
    line: markdown.slice(0, index).split("\n").length + (note === undefined ? 0 : 1),
    note,
  }));
}

/** A row of a table: the cells, by the heading of their column. */
export type Row = Readonly<Record<string, string>>;

/**
 * The rows of the table under a heading, up to the next heading of any level.
 *
 * @throws {Error} if there is no such heading, or no table under it.
 */
export function rowsUnder(markdown: string, heading: string): Row[] {
  const [, section] = new RegExp(`^#+ ${heading}$(.*?)(?=^#|$(?![\\s\\S]))`, "ms").exec(markdown) ?? [];
  const [head, , ...body] = (section ?? "").split("\n").filter((line) => line.startsWith("|"));
  if (head === undefined) throw new Error(`There is no table under “${heading}”.`);
  const names = cells(head).map((name) => name.replaceAll("`", ""));
  return body.map((line) => Object.fromEntries(cells(line).map((cell, index) => [names[index] ?? "", cell])));
}

const cells = (line: string): string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

/** The inline code in a text. */
export const namesIn = (text = ""): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
