import { schemaName } from "@mindbridge-sdk/openapi";
import type { Difference } from "./difference.ts";
import { isObject } from "./json.ts";
import { isAnnotation } from "./meaning.ts";

/** How a keyword of what is named has changed, with its values. */
export function describeKeyword(name: string, property: string, { base, revision }: Difference): string {
  const own = `\`${property}\` of ${name}`;
  const [from, to] = [base?.value, revision?.value];
  if (Array.isArray(from) && Array.isArray(to)) {
    const gone = from.filter((value) => !to.includes(value)).map(show);
    const added = to.filter((value) => !from.includes(value)).map(show);
    const parts = [
      ...(added.length > 0 ? [`gains ${added.join(", ")}`] : []),
      ...(gone.length > 0 ? [`loses ${gone.join(", ")}`] : []),
    ];
    return sentence(`${own} ${parts.join(" and ") || "has another order"}.`);
  }
  if (from === undefined) return sentence(`${own} is now ${show(to)}.`);
  if (to === undefined) return sentence(`${own} is no longer ${show(from)}.`);
  return sentence(`${own} is now ${show(to)}; it was ${show(from)}.`);
}

/** A schema in few words: its name, its type, or itself. */
export function schemaText(schema: unknown): string {
  if (!isObject(schema)) return show(schema);
  const name = schemaName(schema);
  if (name !== undefined) return `\`${name}\``;
  const [only, another] = Object.keys(schema).filter((key) => !isAnnotation(key));
  return only === "type" && another === undefined && typeof schema.type === "string"
    ? `\`${schema.type}\``
    : show(schema);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
