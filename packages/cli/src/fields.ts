import type { Output } from "./output.ts";

/** A JSON value as lines for people: a name and a value each, `a.b` for what stands in `a`, and lists on one line. */
export function fieldLines(value: unknown, style: Output["style"]): string[] {
  const fields = fieldsOf("", value);
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, text]) => (name === "" ? text : `${style("dim", name.padEnd(width))}  ${text}`));
}

function fieldsOf(name: string, value: unknown): (readonly [name: string, text: string])[] {
  if (typeof value !== "object" || value === null) return [[name, textOf(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [[name, value.map(textOf).join(", ")]];
  }
  return Object.entries(value).flatMap(([key, each]) => fieldsOf(name === "" ? key : `${name}.${key}`, each));
}

/** A text as it stands, unless it holds what a terminal would obey. */
function textOf(value: unknown): string {
  return typeof value === "string" && !/\p{Cc}/u.test(value) ? value : JSON.stringify(value);
}
