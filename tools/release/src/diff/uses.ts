import {
  type Document,
  deliveryTypes,
  METHODS,
  type OperationObject,
  openEnumName,
  type Schema,
} from "@mindbridge-sdk/openapi";
import type { Direction } from "./change.ts";
import { follow, holdsNames, keysOf, pointerOf } from "./json.ts";

/** One place that a node of the document is used in. */
export interface Use {
  readonly direction: Extract<Direction, "request" | "response" | "delivery" | "answer">;
  /** The operation, or the type of the delivery. */
  readonly operation: string;
  /** How it is reached, through every `$ref` on the way. */
  readonly site: string;
  /** Whether it is the list of known values of an enum that may grow. */
  readonly isOpen: boolean;
}

/** The uses of each node, by its JSON Pointer: what is shared through a `$ref` has many. */
export type Uses = ReadonlyMap<string, readonly Use[]>;

/** What is no part of a contract, or no node. */
const SKIPPED = new Set(["example", "examples", "enum", "const", "default", "required"]);

/** The uses of a document in its normal form. */
export function usesOf(document: Document): Uses {
  const uses = new Map<string, Use[]>();

  const visit = (node: unknown, pointer: string, use: Use, stack: ReadonlySet<string>): void => {
    if (typeof node !== "object" || node === null || stack.has(pointer)) return;
    const found = uses.get(pointer);
    if (found) found.push(use);
    else uses.set(pointer, [use]);
    const inside = new Set(stack).add(pointer);
    const target = follow(document, node, pointer);
    if (target.pointer !== pointer) visit(target.value, target.pointer, use, inside);
    const grows = openEnumName(document, node as Schema) !== undefined;
    const isNamed = holdsNames(keysOf(pointer));
    for (const [key, child] of Object.entries(node)) {
      if (!isNamed && SKIPPED.has(key)) continue;
      const step = pointerOf([key]).slice(1);
      const isOpen = grows || (use.isOpen && pointer.endsWith("/anyOf"));
      visit(child, `${pointer}${step}`, { ...use, site: `${use.site}${step}`, isOpen }, inside);
    }
  };

  const visitAll = (
    kind: "paths" | "webhooks",
    sent: Use["direction"],
    answered: Use["direction"],
    nameOf: (operation: OperationObject, key: string) => string,
  ): void => {
    for (const [key, item] of Object.entries(document[kind] ?? {})) {
      for (const method of METHODS) {
        const operation = item[method];
        if (operation === undefined) continue;
        const name = nameOf(operation, key);
        const at = (...keys: string[]): string => pointerOf([kind, key, ...keys]);
        const start = (direction: Use["direction"], node: unknown, pointer: string): void =>
          visit(node, pointer, { direction, operation: name, site: pointer, isOpen: false }, new Set());
        start(sent, item.parameters, at("parameters"));
        start(sent, operation.parameters, at(method, "parameters"));
        start(sent, operation.requestBody, at(method, "requestBody"));
        start(answered, operation.responses, at(method, "responses"));
      }
    }
  };

  visitAll("paths", "request", "response", ({ operationId }, key) => operationId ?? key);
  visitAll("webhooks", "delivery", "answer", (operation, key) => deliveryTypes(document, operation)[0] ?? key);
  return uses;
}

/** Every place that is used, through every `$ref`. */
export function sitesOf(uses: Uses): ReadonlySet<string> {
  return new Set([...uses.values()].flatMap((each) => each.map(({ site }) => site)));
}

/** The uses of a node, or of the nearest one around it that has any. */
export function usesAt(uses: Uses, pointer: string): readonly Use[] {
  for (let keys = keysOf(pointer); keys.length > 2; keys = keys.slice(0, -1)) {
    const found = uses.get(pointerOf(keys));
    if (found) return found;
  }
  return [];
}
