import { holdsNames, keysOf } from "./json.ts";

/** A place in one of the two documents, and what stands there. */
export interface Side {
  /** As a URI fragment; of the node around it where the property is absent. */
  readonly pointer: string;
  readonly value?: unknown;
}

/** One difference, as Redocly's `diff` reports it: once for each pair of nodes, whatever the number of places that use it. */
export interface Difference {
  /** Where it is reached first, through the `$ref`s on the way. */
  readonly path: string;
  /** Redocly's name of the kind of node, such as `Schema`. */
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  /** The key that is modified; `key` if it is the node's own. */
  readonly property: string | undefined;
  readonly base: Side | undefined;
  readonly revision: Side | undefined;
}

/** The place in the newer document; in the older one where it is gone. */
export function pointerOfDifference({ base, revision, path }: Difference): string {
  return (revision ?? base)?.pointer ?? path;
}

/** The keys that lead to the node of one side: the one that has come or gone, or has the key that is modified. */
export function nodeKeys({ kind, property }: Difference, { pointer, value }: Side): string[] {
  const keys = keysOf(pointer);
  if (kind !== "modified" || property === "key" || keys.at(-1) !== property) return keys;
  // A field may have the name of the keyword that is absent from its schema.
  return value === undefined && holdsNames(keys.slice(0, -1)) ? keys : keys.slice(0, -1);
}
