import { METHODS, type Method } from "./document.ts";
import { isObject, keysOf, pointerOf, valueAt } from "./pointer.ts";

/**
 * A change of a parsed document, in place. Each names a place by a JSON Pointer, and throws where it would change nothing:
 * the document has changed since the edit was written.
 */
export type Edit = (document: unknown) => void;

/** A copy of a document with the edits made, one after another. */
export function edited<T>(document: T, edits: Iterable<Edit>): T {
  const changed = structuredClone(document);
  for (const edit of edits) edit(changed);
  return changed;
}

/** Puts a value at `pointer`, whether or not there is one already. */
export function set(pointer: string, value: unknown): Edit {
  return (document) => {
    const { parent, key } = parentOf(document, pointer);
    parent[key] = structuredClone(value);
  };
}

/** Puts a value at `pointer`, where there is none. */
export function add(pointer: string, value: unknown): Edit {
  return (document) => {
    if (valueAt(document, pointer) !== undefined) throw new Error(`There is a value at ${pointer}. Correct the edit.`);
    set(pointer, value)(document);
  };
}

/** Puts another value in place of the one at `pointer`. */
export function replace(pointer: string, value: unknown): Edit {
  return (document) => {
    if (JSON.stringify(present(document, pointer)) === JSON.stringify(value))
      throw new Error(`The value at ${pointer} is this one already. Correct the edit.`);
    set(pointer, value)(document);
  };
}

/** Removes the value at `pointer`. */
export function remove(pointer: string): Edit {
  return (document) => {
    present(document, pointer);
    const { parent, key } = parentOf(document, pointer);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  };
}

/** Gives the value at `pointer` another key, at the same place in the order of keys. */
export function rename(pointer: string, to: string): Edit {
  return (document) => {
    present(document, pointer);
    const { parent, key } = parentOf(document, pointer);
    if (!isObject(parent)) throw new Error(`${pointer} is an item of a list, which has no key. Correct the edit.`);
    refill(
      parent,
      Object.entries(parent).map(([name, value]) => [name === key ? to : name, value]),
    );
  };
}

/** Puts a copy of the value at `from` at `to`. */
export function copy(from: string, to: string): Edit {
  return (document) => set(to, present(document, from))(document);
}

/** Adds items to the list at `pointer`. */
export function addItems(pointer: string, ...items: readonly unknown[]): Edit {
  return (document) => void listAt(document, pointer).push(...structuredClone(items));
}

/** Removes an item from the list at `pointer`. */
export function removeItem(pointer: string, item: unknown): Edit {
  return (document) => {
    const list = listAt(document, pointer);
    list.splice(indexOf(list, item, pointer), 1);
  };
}

/** Puts another item in place of one in the list at `pointer`. */
export function replaceItem(pointer: string, item: unknown, by: unknown): Edit {
  return (document) => {
    const list = listAt(document, pointer);
    list[indexOf(list, item, pointer)] = structuredClone(by);
  };
}

/** Replaces a text in every key and every value of the document. */
export function replaceText(text: string, by: string): Edit {
  return (document) => {
    const before = JSON.stringify(document);
    if (!before.includes(text)) throw new Error(`The document has no text "${text}". Correct the edit.`);
    refill(document as Record<string, unknown>, Object.entries(JSON.parse(before.replaceAll(text, by))));
  };
}

/** Operations or deliveries: their methods by their paths or names. */
type Kept = Readonly<Record<string, { readonly [M in Method]?: unknown }>>;

/**
 * Keeps only the operations and the deliveries that `kept` has, and removes the components that nothing refers to any more.
 * Tests that count the parts of a document use it: they stay true when the document grows.
 */
export function keepOnly(kept: { readonly paths?: Kept; readonly webhooks?: Kept }): Edit {
  return (document) => {
    for (const kind of ["paths", "webhooks"] as const) {
      const items = present(document, kind) as Record<string, Record<string, unknown>>;
      for (const [key, item] of Object.entries(items)) {
        const wanted = kept[kind]?.[key];
        if (wanted === undefined) delete items[key];
        else for (const method of METHODS) if (wanted[method] === undefined) delete item[method];
      }
    }
    while (removeUnusedComponents(document));
  };
}

function removeUnusedComponents(document: unknown): boolean {
  const text = JSON.stringify(document);
  const { securitySchemes: _, ...components } = valueAt(document, "components") as Record<string, object>;
  const unused = Object.entries(components).flatMap(([kind, named]) =>
    Object.keys(named)
      .map((name) => pointerOf(["components", kind, name]))
      .filter((pointer) => !text.includes(JSON.stringify(pointer))),
  );
  for (const pointer of unused) remove(pointer)(document);
  return unused.length > 0;
}

/** The object or the list that holds the place of a pointer. Both take a key in the same way. */
function parentOf(document: unknown, pointer: string): { parent: Record<string, unknown>; key: string } {
  const keys = keysOf(pointer);
  const key = keys.at(-1);
  const parent = valueAt(document, pointerOf(keys.slice(0, -1)));
  if (key === undefined || typeof parent !== "object" || parent === null) throw missing(pointer);
  return { parent: parent as Record<string, unknown>, key };
}

function refill(object: Record<string, unknown>, entries: readonly (readonly [string, unknown])[]): void {
  for (const key of Object.keys(object)) delete object[key];
  Object.assign(object, Object.fromEntries(entries));
}

function listAt(document: unknown, pointer: string): unknown[] {
  const list = valueAt(document, pointer);
  if (!Array.isArray(list)) throw missing(pointer);
  return list;
}

function indexOf(list: readonly unknown[], item: unknown, pointer: string): number {
  const index = list.indexOf(item);
  if (index === -1) throw new Error(`The list at ${pointer} has no ${JSON.stringify(item)}. Correct the edit.`);
  return index;
}

function present(document: unknown, pointer: string): unknown {
  const value = valueAt(document, pointer);
  if (value === undefined) throw missing(pointer);
  return value;
}

function missing(pointer: string): Error {
  return new Error(`The document has nothing to change at ${pointer}. Correct the edit.`);
}
