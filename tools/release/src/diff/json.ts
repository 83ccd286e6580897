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

/** What a path leads to that goes through `$ref`s. */
export function reach(document: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>(
    (node, key) => valueAt(follow(document, node, "#").value, pointerOf([key])),
    document,
  );
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
