import type { Output } from "./output.ts";
import { printableJson, printableLine } from "./printable.ts";

/** A JSON value as lines for people: a name and a value each, `a.b` for what stands in `a`, and lists on one line. */
export function fieldLines(value: unknown, style: Output["style"]): string[] {
  const fields = fieldsOf("", value);
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, text]) => (name === "" ? text : `${style("dim", name.padEnd(width))}  ${text}`));
}

function fieldsOf(name: string, value: unknown): (readonly [name: string, text: string])[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [[name, textOf(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [[name, value.map(textOf).join(", ")]];
  }
  return Object.entries(value).flatMap(([key, each]) => {
    const text = printableLine(key);
    return fieldsOf(name === "" ? text : `${name}.${text}`, each);
  });
}

/** A text as it stands, unless it holds what a terminal would obey. */
function textOf(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return printableLine(value) === value ? value : printableJson(value);
}
