import { isObject } from "@mindbridge-sdk/openapi";

/** One slip of the hand: a document in which one thing is missing or different. */
export interface Slip {
  readonly name: string;
  readonly document: unknown;
}

/** Keywords for people, or checked elsewhere: the reference has none of them. */
const PROSE = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "tags",
  "x-source",
  "info",
  "components",
  "default",
  "license",
  "openapi",
]);
/** Keywords that hold things by name: any key below them counts. */
const NAMED = new Set(["properties", "paths", "webhooks", "variables", "headers", "responses", "content"]);

/** Every slip of the hand in a document: one thing is left out, or one value is written differently. */
export function* slips(node: unknown, path: readonly string[] = [], named = false): Generator<Slip> {
  const entries: (readonly [string, unknown])[] = Array.isArray(node)
    ? node.map((value, index) => [String(index), value] as const)
    : isObject(node)
      ? Object.entries(node)
      : [];
  for (const [key, value] of entries) {
    if (!named && PROSE.has(key)) continue;
    const here = [...path, key];
    const place = here.join(" › ");
    yield { name: `${place} left out`, document: without(node, key) };
    if (isObject(value) || Array.isArray(value)) {
      for (const { name, document } of slips(value, here, !named && NAMED.has(key))) {
        yield { name, document: replaced(node, key, document) };
      }
    } else {
      yield { name: `${place} written differently`, document: replaced(node, key, different(value)) };
    }
  }
}

function without(node: unknown, key: string): unknown {
  if (Array.isArray(node)) return node.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(isObject(node) ? node : {}).filter(([name]) => name !== key));
}

function replaced(node: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(node)) return node.map((item, index) => (String(index) === key ? value : item));
  return { ...(isObject(node) ? node : {}), [key]: value };
}

function different(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 1 : `${String(value)}x`;
}
