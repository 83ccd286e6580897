import { isRecord } from "../overrides.ts";

type Mark = "readOnly" | "writeOnly";

/** Prism finds what it has compiled by the schema, so a schema is always replaced by the same one. */
const replaced = { readOnly: new WeakMap<object, unknown>(), writeOnly: new WeakMap<object, unknown>() };

/** A schema without the properties that have the mark, at any depth. It may hold itself. */
export function without(mark: Mark, part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  const known = replaced[mark].get(part);
  if (known !== undefined) return known;
  if (Array.isArray(part)) {
    const items: unknown[] = [];
    replaced[mark].set(part, items);
    for (const item of part) items.push(without(mark, item));
    return items;
  }
  const visible: Record<string, unknown> = {};
  replaced[mark].set(part, visible);
  const { properties } = part as { readonly properties?: Readonly<Record<string, { [Key in Mark]?: unknown }>> };
  const isVisible = (name: string) => properties?.[name]?.[mark] !== true;
  for (const [key, inner] of Object.entries(part)) {
    const value = without(mark, inner);
    if (key === "required" && Array.isArray(value)) visible[key] = value.filter(isVisible);
    else if (key === "properties" && isRecord(value))
      visible[key] = Object.fromEntries(Object.entries(value).filter(([name]) => isVisible(name)));
    else visible[key] = value;
  }
  return visible;
}
