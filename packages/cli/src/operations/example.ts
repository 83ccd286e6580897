import { shellWord } from "../shell-word.ts";
import type { OperationCommand } from "./table.ts";

/** Examples of a command for its help, made of those of the document. */
export function commandLine(command: string, { arguments: path, flags, body }: OperationCommand): string {
  const words = path.map(({ word, example }) => shellWord(String(example ?? word)));
  const start = ["  $ mindbridge", command, ...words].join(" ");
  const properties = isRecord(body?.example) ? body.example : {};
  const options = flags.flatMap(({ flag, name, in: where }) => {
    const value = where === "body" ? properties[name] : undefined;
    return value === undefined ? [] : [`${flag} ${shellWord(textOf(value))}`];
  });
  const lines = [[start, ...options].join(" \\\n      ")];
  if (body) lines.push(`${start} --data @body.json --yes`);
  return lines.join("\n");
}

function textOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
