import { below, type Document, isReference, keysOf, type Located, pointerOf, valueAt } from "@mindbridge-sdk/openapi";
import { type BaseResolver, parseYaml, type Source } from "@redocly/openapi-core";

/** A place in a file. */
export interface Origin {
  readonly source: Source;
  readonly pointer: string;
}

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

  const read = async (base: string | null, reference: string): Promise<{ source: Source; content: unknown } | null> => {
    const found = await resolver.resolveDocument(base, reference, base === null).catch((error: Error) => error);
    if (found instanceof Error) return null;
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
      const found = await read(origin.source.absoluteRef, path || origin.source.absoluteRef);
      // The lint has found every reference, so this is data that looks like one, such as in an extension.
      if (!found) return;
      const pointer = pointerOf(keysOf(fragment).map(decodeURIComponent));
      origin = { source: found.source, pointer, value: valueAt(found.content, pointer) };
    }
    // Bundling made this part. It is visited where the files refer to it.
    if (origin.value === undefined) return;
    let { value, pointer } = part;
    while (isReference(value)) {
      pointer = pointerOf(keysOf(value.$ref).map(decodeURIComponent));
      value = valueAt(document, pointer);
    }
    if (origin !== own) {
      if (origins.has(pointer)) return;
      origins.set(pointer, origin);
    }
    for (const key of Object.keys(Object(value)))
      await visit(below({ value, pointer }, key), { ...below(origin, key), source: origin.source });
  };

  const found = await read(null, file);
  if (!found) throw new Error(`${file} cannot be read.`);
  const { source, content } = found;
  await visit({ value: document, pointer: "#" }, { source, pointer: "#", value: content });
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
