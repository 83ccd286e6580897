import type { Document } from "@mindbridge-sdk/generator/document";
import { keysOf } from "../src/diff/json.ts";

/** Changes a document in one place. A place is a JSON Pointer without its first slash. */
export interface Edit {
  set(pointer: string, value: unknown): void;
  remove(pointer: string): void;
  /** Gives what stands there another key, at the same place in the order. */
  rename(pointer: string, key: string): void;
  add(pointer: string, ...items: readonly unknown[]): void;
  drop(pointer: string, item: unknown): void;
  copy(from: string, to: string): void;
  /** Replaces a text wherever the document has it. */
  replace(text: string, by: string): void;
}

type Node = Record<string, unknown>;

/** A document, changed. The one that is given stays as it is. */
export function edited(document: Document, change: (edit: Edit) => void): Document {
  let root = structuredClone(document) as unknown as Node;
  const find = (keys: readonly string[]): Node =>
    keys.reduce((node, key) => {
      const next = node[key];
      if (typeof next !== "object" || next === null) throw new Error(`There is no ${keys.join("/")}.`);
      return next as Node;
    }, root);
  const split = (pointer: string): [Node, string] => {
    const keys = keysOf(pointer);
    return [find(keys.slice(0, -1)), keys.at(-1) ?? ""];
  };
  const listAt = (pointer: string): unknown[] => find(keysOf(pointer)) as unknown as unknown[];
  change({
    set: (pointer, value) => {
      const [parent, key] = split(pointer);
      parent[key] = value;
    },
    remove: (pointer) => {
      const [parent, key] = split(pointer);
      if (!(key in parent)) throw new Error(`There is no ${pointer}.`);
      delete parent[key];
    },
    rename: (pointer, to) => {
      const [parent, key] = split(pointer);
      const entries = Object.entries(parent).map(([each, value]) => [each === key ? to : each, value] as const);
      for (const each of Object.keys(parent)) delete parent[each];
      Object.assign(parent, Object.fromEntries(entries));
    },
    add: (pointer, ...items) => void listAt(pointer).push(...items),
    drop: (pointer, item) => {
      const list = listAt(pointer);
      if (!list.includes(item)) throw new Error(`There is no ${String(item)} in ${pointer}.`);
      list.splice(list.indexOf(item), 1);
    },
    copy: (from, to) => {
      const [parent, key] = split(to);
      parent[key] = structuredClone(find(keysOf(from)));
    },
    replace: (text, by) => {
      root = JSON.parse(JSON.stringify(root).replaceAll(text, by));
    },
  });
  return root as unknown as Document;
}
