import { isRecord } from "../src/schema.ts";

/** One slip of the hand: a document in which one thing is missing or different. */
export interface Slip {
  readonly name: string;
  readonly document: unknown;
}

/** What is written for people, or checked elsewhere: it promises nothing that the facts know. */
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
/** Names of things, below which any key counts. */
const NAMED = new Set(["properties", "paths", "webhooks", "variables", "headers", "responses", "content"]);

/** Every slip that can be made in a document by leaving out one thing, or by writing one value differently. */
export function* slips(node: unknown, path: readonly string[] = [], named = false): Generator<Slip> {
  const entries: (readonly [string, unknown])[] = Array.isArray(node)
    ? node.map((value, index) => [String(index), value] as const)
    : isRecord(node)
      ? Object.entries(node)
      : [];
  for (const [key, value] of entries) {
    if (!named && PROSE.has(key)) continue;
    const here = [...path, key];
    const place = here.join(" › ");
    yield { name: `${place} left out`, document: without(node, key) };
    if (isRecord(value) || Array.isArray(value)) {
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
  return Object.fromEntries(Object.entries(isRecord(node) ? node : {}).filter(([name]) => name !== key));
}

function replaced(node: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(node)) return node.map((item, index) => (String(index) === key ? value : item));
  return { ...(isRecord(node) ? node : {}), [key]: value };
}

function different(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 1 : `${String(value)}x`;
}
