import { SCHEMA_MAPS } from "@mindbridge-sdk/openapi";

/** The small tools for walking over a parsed document by JSON Pointers (RFC 6901). */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `#/paths/~1v1~1webhooks` → `["paths", "/v1/webhooks"]`. */
export function keysOf(pointer: string): string[] {
  return pointer
    .replace(/^#?\/?/, "")
    .split("/")
    .filter((key) => key !== "")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `["paths", "/v1/webhooks"]` → `#/paths/~1v1~1webhooks`. */
export function pointerOf(keys: readonly string[]): string {
  return ["#", ...keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

/** What stands at a pointer, where something does. */
export function valueAt(document: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>(
    (node, key) =>
      Array.isArray(node) ? node[Number(key)] : isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined,
    document,
  );
}

/** Keywords below which stand names that the document gives, and no keywords. */
const MAPS: ReadonlySet<string> = new Set([
  ...SCHEMA_MAPS,
  "callbacks",
  "content",
  "dependentRequired",
  "encoding",
  "examples",
  "headers",
  "links",
  "mapping",
  "responses",
  "scopes",
  "variables",
  "webhooks",
]);

/** Whether the keys of what these keys lead to are such names: a field may be called `required`. */
export function holdsNames(keys: readonly string[]): boolean {
  let holds = false;
  for (const [index, key] of keys.entries()) {
    holds = !holds && (MAPS.has(key) || (index === 1 && keys[0] === "components"));
  }
  return holds;
}

/** What a `$ref` leads to, however many there are on the way, and where that stands. */
export function follow(document: unknown, value: unknown, pointer: string): { value: unknown; pointer: string } {
  const seen = new Set<string>();
  let [found, at] = [value, pointer];
  while (isObject(found) && typeof found.$ref === "string" && found.$ref.startsWith("#/") && !seen.has(found.$ref)) {
    seen.add(found.$ref);
    at = decodeURI(found.$ref);
    found = valueAt(document, at);
  }
  return { value: found, pointer: at };
}

/** What one of Redocly's paths leads to. It goes through `$ref`s, and names those that something stands beside. */
export function reach(document: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>((node, key) => {
    const { value } = follow(document, node, "#");
    const step = pointerOf([key]);
    return isStepThrough(key, node) ? value : (valueAt(node, step) ?? valueAt(value, step));
  }, document);
}

/** Whether a key of a path is a `$ref` to go through, and not a name. */
export function isStepThrough(key: string, node: unknown): boolean {
  return key === "$ref" && isObject(node) && typeof node.$ref === "string";
}

/** JSON in which the order of keys says nothing. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      isObject(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
    ) ?? "undefined"
  );
}

export function isEqual(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export function byKey<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}
