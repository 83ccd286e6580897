import { isRecord } from "./schema.ts";

/** What may stand beside a `$ref` without adding a constraint. */
const ANNOTATIONS = new Set([
  "summary",
  "description",
  "title",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "examples",
]);

/** What a local `$ref` points to. */
export function follow(root: unknown, ref: string): unknown {
  let target = root;
  for (const key of ref.replace(/^#\/?/, "").split("/")) {
    const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
    target = isRecord(target) ? target[name] : undefined;
  }
  if (target === undefined) throw new Error(`Nothing stands at ${ref}. Correct the $ref.`);
  return target;
}

/** A copy in which every local `$ref` is replaced by what it points to, but for those inside of what they point to. */
export function dereference(root: unknown): unknown {
  function visit(node: unknown, inside: readonly string[]): unknown {
    if (Array.isArray(node)) return node.map((item) => visit(item, inside));
    if (!isRecord(node)) return node;
    const { $ref: ref, ...rest } = node;
    const beside = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, visit(value, inside)]));
    if (typeof ref !== "string") return ref === undefined ? beside : node;
    if (inside.includes(ref)) return node;
    const target = visit(follow(root, ref), [...inside, ref]);
    const annotated = Object.keys(beside).every((key) => ANNOTATIONS.has(key)) && isRecord(target);
    return annotated ? { ...target, ...beside } : { ...beside, allOf: [target] };
  }
  return visit(root, []);
}
