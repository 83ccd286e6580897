/** A row of a table of errors: the cells, by the heading of their column. */
export type Row = Readonly<Record<string, string>>;

/**
 * The rows of the tables under a heading, up to the next heading of any level.
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
    .split("|")
    .map((cell) => cell.trim());

/** What is written as code in a cell. */
export const namesIn = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
