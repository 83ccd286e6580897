import type { Document, Reference, Schema, SchemaObject } from "./document.ts";
import { childOf, isObject, keysOf, type Located, pointerOf } from "./pointer.ts";

export function isReference(value: unknown): value is Reference {
  return isObject(value) && typeof value.$ref === "string";
}

/** Whether a part is a `$ref` with nothing beside it. */
export function isBareReference(value: unknown): value is Reference {
  return isReference(value) && Object.keys(value).length === 1;
}

/**
 * The part that a `$ref` leads to, through every further `$ref`, and where it stands. Any other part is returned as it is.
 *
 * @param isStep Which references to follow: all of them, unless told otherwise.
 * @throws {Error} if a `$ref` leads nowhere or to itself.
 */
export function follow(
  document: unknown,
  part: Located,
  isStep: (value: unknown) => value is Reference = isReference,
): Located {
  const seen = new Set<string>();
  let found = part;
  while (isStep(found.value)) {
    const { $ref } = found.value;
    if (seen.has($ref)) throw new Error(`The $ref ${$ref} leads to itself. Correct it.`);
    seen.add($ref);
    found = target(document, $ref);
  }
  return found;
}

/** The keys that each `$ref` names: a comparison of two documents asks for the same few a hundred times. */
const places = new Map<string, { readonly keys: readonly string[]; readonly pointer: string }>();

function placeOf($ref: string) {
  const known = places.get($ref);
  if (known !== undefined) return known;
  const keys = keysOf($ref).map(decodeURIComponent);
  const place = { keys, pointer: pointerOf(keys) };
  places.set($ref, place);
  return place;
}

/** The part that one `$ref` leads to. */
export function target(document: unknown, $ref: string): Located {
  const { keys, pointer } = placeOf($ref);
  const value = keys.reduce(childOf, document);
  if (value === undefined) throw new Error(`Nothing stands at ${$ref}. Correct the $ref.`);
  return { value, pointer };
}

/** The value that a `$ref` leads to, or the given value if it is no reference. {@link follow} says what is thrown. */
export function resolve<T>(document: Document, value: T | Reference): T {
  return follow(document, { value, pointer: "#" }).value as T;
}

const ANNOTATIONS = new Set([
  "$comment",
  "summary",
  "description",
  "title",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "example",
  "examples",
  "externalDocs",
  "xml",
]);

/** Whether a keyword adds no constraint to the schema that it stands in. */
export function isAnnotation(keyword: string): boolean {
  return ANNOTATIONS.has(keyword) || keyword.startsWith("x-");
}

/**
 * The schema that a `$ref` leads to. Annotations beside the `$ref` replace those of that schema; where constraints stand
 * beside it, the schema becomes a part of an `allOf`.
 */
export function resolveSchema(document: Document, schema: Schema): Schema {
  if (typeof schema === "boolean" || schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  return join(resolveSchema(document, target(document, $ref).value as Schema), beside) as Schema;
}

/** The keywords of a schema, through its `$ref`: none for `true`, `false` and where there is no schema. */
export function keywordsOf(document: Document, schema: Schema | undefined): SchemaObject {
  const resolved = schema === undefined || resolveSchema(document, schema);
  return typeof resolved === "boolean" ? {} : resolved;
}

/** What a `$ref` leads to, with what stands beside the `$ref`. */
function join(value: unknown, beside: Readonly<Record<string, unknown>>): unknown {
  const keywords = Object.keys(beside);
  if (keywords.length === 0) return value;
  return isObject(value) && keywords.every(isAnnotation)
    ? { ...value, ...beside }
    : { ...beside, allOf: [value, ...[(beside.allOf as unknown[]) ?? []].flat()] };
}

/** A copy in which every `$ref` is replaced by what it leads to. A `$ref` stays only inside the part that it leads to. */
export function dereference(document: Document): Document {
  function visit(node: unknown, inside: readonly string[]): unknown {
    if (Array.isArray(node)) return node.map((item) => visit(item, inside));
    if (!isObject(node)) return node;
    const { $ref, ...rest } = node;
    const beside = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, visit(value, inside)]));
    if (typeof $ref !== "string") return $ref === undefined ? beside : { ...beside, $ref: visit($ref, inside) };
    if (inside.includes($ref)) return node;
    return join(visit(target(document, $ref).value, [...inside, $ref]), beside);
  }
  return visit(document, []) as Document;
}

/** The name of the schema component that a `$ref` or a pointer leads to; `undefined` for a schema in any other place. */
export function schemaName(at: string | Schema): string | undefined {
  const pointer = isReference(at) ? at.$ref : at;
  if (typeof pointer !== "string") return undefined;
  const [root, kind, name, ...rest] = keysOf(pointer);
  return root === "components" && kind === "schemas" && rest.length === 0 ? name : undefined;
}
