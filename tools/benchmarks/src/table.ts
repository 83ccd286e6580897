export type Row = Readonly<Record<string, string | number>>;

/** Prints rows as a table in Markdown. */
export function printTable(rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [
    columns,
    columns.map(() => "---"),
    ...rows.map((row) => columns.map((column) => String(row[column] ?? ""))),
  ];
  console.log(cells.map((line) => `| ${line.join(" | ")} |`).join("\n"));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
