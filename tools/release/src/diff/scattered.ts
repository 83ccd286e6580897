import type { Document } from "@mindbridge-sdk/openapi";
import { canonical, holdsNames, isObject, pointerOf, valueAt } from "./json.ts";
import { isData } from "./normal-form.ts";

/** A value that stands in many places of a document: an example, or an extension. */
export interface Scattered {
  readonly pointer: string;
  readonly kind: "new" | "gone" | "another";
}

/**
 * What has changed of the values of some keys, wherever documents have them. What is new or gone with the node around it is told
 * with that.
 */
export function scatteredChanges(
  base: Document,
  revision: Document,
  isWanted: (key: string, keys: readonly string[]) => boolean,
): Scattered[] {
  const [from, to] = [valuesOf(base, isWanted), valuesOf(revision, isWanted)];
  return [...new Map([...from, ...to])].flatMap(([pointer, { around }]): Scattered[] => {
    const [before, after] = [from.get(pointer)?.text, to.get(pointer)?.text];
    if (before === after || ![base, revision].every((document) => isObject(valueAt(document, around)))) return [];
    return [{ pointer, kind: before === undefined ? "new" : after === undefined ? "gone" : "another" }];
  });
}

interface Found {
  readonly text: string;
  /** The node that has the key. */
  readonly around: string;
}

function valuesOf(document: Document, isWanted: (key: string, keys: readonly string[]) => boolean): Map<string, Found> {
  const found = new Map<string, Found>();
  const visit = (node: unknown, keys: readonly string[]): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      const at = [...keys, key];
      if (!isWanted(key, keys)) {
        if (!isData(key, child, keys)) visit(child, at);
      } else if (holdsNames(at) && isObject(child)) {
        for (const [name, each] of Object.entries(child)) {
          found.set(pointerOf([...at, name]), { text: canonical(each), around: pointerOf(keys) });
        }
      } else found.set(pointerOf(at), { text: canonical(child), around: pointerOf(keys) });
    }
  };
  visit(document, []);
  return found;
}
