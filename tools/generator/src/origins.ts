import { below, type Document, isReference, keysOf, type Located, pointerOf, valueAt } from "@mindbridge-sdk/openapi";
import { type BaseResolver, parseYaml, type Source } from "@redocly/openapi-core";

/** A place in a file. */
export interface Origin {
  readonly source: Source;
  readonly pointer: string;
}

/** The keys whose value is data: nothing in it is a reference. */
const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "value"]);

/**
 * Finds where the parts of a document stand in the files that it was bundled of.
 *
 * @param file The path of the first of them.
 * @returns The place of a pointer.
 */
export async function findOrigins(
  document: Document,
  file: string,
  resolver: BaseResolver,
): Promise<(pointer: string) => Origin> {
  const origins = new Map<string, Origin>();
  const texts = new Map<string, unknown>();

  const read = async (base: string | null, reference: string): Promise<{ source: Source; content: unknown }> => {
    const found = await resolver.resolveDocument(base, reference, base === null);
    if (found instanceof Error) throw found;
    const { source } = found;
    // Whoever bundles a document changes what the resolver has parsed.
    const content = texts.get(source.absoluteRef) ?? parseYaml(source.body);
    texts.set(source.absoluteRef, content);
    return { source, content };
  };

  const visit = async (part: Located, own: Located & Origin): Promise<void> => {
    let origin = own;
    while (isReference(origin.value)) {
      const [path = "", fragment = ""] = origin.value.$ref.split("#");
      const { source, content } = await read(origin.source.absoluteRef, path || origin.source.absoluteRef);
      const keys = keysOf(fragment).map(decodeURIComponent);
      origin = { source, pointer: pointerOf(keys), value: valueAt(content, pointerOf(keys)) };
    }
    let { value, pointer } = part;
    while (isReference(value)) {
      pointer = pointerOf(keysOf(value.$ref).map(decodeURIComponent));
      value = valueAt(document, pointer);
    }
    if (origin !== own) {
      if (origins.has(pointer)) return;
      origins.set(pointer, origin);
    }
    for (const key of Object.keys(Object(value))) {
      if (!DATA.has(key)) await visit(below({ value, pointer }, key), { ...below(origin, key), source: origin.source });
    }
  };

  const { source, content } = await read(null, file);
  const root = { source, pointer: "#", value: content };
  await visit({ value: document, pointer: "#" }, root);
  return (pointer) => {
    const keys = keysOf(pointer);
    for (let length = keys.length; length > 0; length--) {
      const origin = origins.get(pointerOf(keys.slice(0, length)));
      if (origin)
        return { source: origin.source, pointer: pointerOf([...keysOf(origin.pointer), ...keys.slice(length)]) };
    }
    return { source, pointer };
  };
}
