/** A part of a document, and where it stands. */
export interface Located<T = unknown> {
  readonly value: T;
  /** A JSON Pointer (RFC 6901) in the form of a URI fragment: `#/components/schemas/Webhook`. */
  readonly pointer: string;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `#/paths/~1v1~1webhooks` → `["paths", "/v1/webhooks"]`. The `#` and the first slash may be left out. */
export function keysOf(pointer: string): string[] {
  const path = pointer.replace(/^#?\/?/, "");
  const keys = path === "" ? [] : path.split("/");
  return keys.map((key) => (key.includes("~") ? key.replaceAll("~1", "/").replaceAll("~0", "~") : key));
}

/** `["paths", "/v1/webhooks"]` → `#/paths/~1v1~1webhooks`. */
export function pointerOf(keys: readonly string[]): string {
  return ["#", ...keys.map(escapeKey)].join("/");
}

/** A property of a value, or one inside others: `next`, `meta.next`, or a JSON Pointer, where a name has a dot: `/meta/next.page`. */
export function propertyPointer(property: string): string {
  return property.startsWith("/") ? `#${property}` : pointerOf(property.split("."));
}

function escapeKey(key: string): string {
  return key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}

/** The value at a pointer, or `undefined` where the document has none. */
export function valueAt(document: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce(childOf, document);
}

/** The value below `keys` of a part, and where it stands. */
export function below(part: Located, ...keys: readonly string[]): Located {
  let { value, pointer } = part;
  for (const key of keys) {
    value = childOf(value, key);
    pointer += `/${escapeKey(key)}`;
  }
  return { value, pointer };
}

/** The value of a key of an object, or of an index of a list. */
export function childOf(node: unknown, key: string): unknown {
  if (Array.isArray(node)) return node[Number(key)];
  return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

/** JSON with the keys of each object in alphabetical order: equal for values that mean the same. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      isObject(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
    ) ?? "undefined"
  );
}
