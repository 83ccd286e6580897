import { isRecord } from "../schema.ts";

/** A change of a parsed document, in place. It throws where there is nothing to change, so that no mutant is none. */
export type Edit = (document: unknown) => void;

interface Holder {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** Puts another value in the place of the one at `pointer` (RFC 6901). */
export function replace(pointer: string, value: unknown): Edit {
  return (document) => {
    const { holder, key } = find(document, pointer);
    const before = holder.get(key);
    if (before === undefined) throw missing(pointer);
    if (JSON.stringify(before) === JSON.stringify(value))
      throw new Error(`${pointer} is that already. Change the edit.`);
    holder.set(key, value);
  };
}

/** Takes what stands at `pointer` away. */
export function remove(pointer: string): Edit {
  return (document) => {
    const { holder, key } = find(document, pointer);
    if (holder.get(key) === undefined) throw missing(pointer);
    holder.delete(key);
  };
}

/** Puts a value at `pointer`, where there is none. */
export function add(pointer: string, value: unknown): Edit {
  return (document) => {
    const { holder, key } = find(document, pointer);
    if (holder.get(key) !== undefined) throw new Error(`There is something at ${pointer} already. Change the edit.`);
    holder.set(key, value);
  };
}

/** Gives what stands at `pointer` another key, in the same object and at the same place of it. */
export function rename(pointer: string, to: string): Edit {
  return (document) => {
    const { parent, key } = find(document, pointer);
    if (!isRecord(parent) || !(key in parent)) throw missing(pointer);
    const renamed = Object.entries(parent).map(([name, value]) => [name === key ? to : name, value] as const);
    for (const name of Object.keys(parent)) delete parent[name];
    Object.assign(parent, Object.fromEntries(renamed));
  };
}

/** Takes a value out of the list at `pointer`. */
export function removeItem(pointer: string, item: unknown): Edit {
  return (document) => {
    const list = listAt(document, pointer);
    const index = list.indexOf(item);
    if (index === -1) throw missing(`${pointer}, ${JSON.stringify(item)}`);
    list.splice(index, 1);
  };
}

/** Adds a value to the list at `pointer`. */
export function addItem(pointer: string, item: unknown): Edit {
  return (document) => void listAt(document, pointer).push(item);
}

/** Puts another value in the place of one in the list at `pointer`. */
export function replaceItem(pointer: string, item: unknown, by: unknown): Edit {
  return (document) => {
    const list = listAt(document, pointer);
    const index = list.indexOf(item);
    if (index === -1) throw missing(`${pointer}, ${JSON.stringify(item)}`);
    list[index] = by;
  };
}

function listAt(document: unknown, pointer: string): unknown[] {
  const { holder, key } = find(document, pointer);
  const list = holder.get(key);
  if (!Array.isArray(list)) throw missing(`a list at ${pointer}`);
  return list;
}

/** The object or list around the place that a pointer names, and the key in it. */
function find(document: unknown, pointer: string): { parent: unknown; holder: Holder; key: string } {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop();
  let parent = document;
  for (const key of keys) parent = holderOf(parent)?.get(key);
  const holder = holderOf(parent);
  if (holder === undefined || last === undefined) throw missing(pointer);
  return { parent, holder, key: last };
}

function holderOf(value: unknown): Holder | undefined {
  if (Array.isArray(value)) {
    return {
      get: (key) => value[Number(key)],
      set(key, item) {
        value[Number(key)] = item;
      },
      delete(key) {
        value.splice(Number(key), 1);
      },
    };
  }
  if (!isRecord(value)) return undefined;
  return {
    get: (key) => (Object.hasOwn(value, key) ? value[key] : undefined),
    set(key, item) {
      value[key] = item;
    },
    delete(key) {
      delete value[key];
    },
  };
}

function missing(what: string): Error {
  return new Error(`The document has no ${what}. The document has changed: change the mutant.`);
}
