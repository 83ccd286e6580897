import type { Document } from "@mindbridge-sdk/generator/document";
import type { Change } from "./change.ts";
import { canonical, isObject, keysOf, pointerOf, valueAt } from "./json.ts";

/** Examples, whose values Redocly's diff does not compare. */
export function exampleChanges(base: Document, revision: Document): Change[] {
  const [from, to] = [examplesIn(base), examplesIn(revision)];
  return (
    [...new Set([...from.keys(), ...to.keys()])]
      .filter((pointer) => from.get(pointer) !== to.get(pointer))
      // What is new or gone as a whole is told as that.
      .filter((pointer) => [base, revision].every((document) => isObject(valueAt(document, ownerOf(pointer)))))
      .map((pointer) => ({
        level: "patch",
        directions: ["documentation"],
        operations: [],
        pointer,
        what: `An example is ${from.has(pointer) ? (to.has(pointer) ? "another" : "gone") : "new"}.`,
        reason: "Examples are published with the packages: for people, for mocks and for tests.",
      }))
  );
}

/** The node that has an example. */
function ownerOf(pointer: string): string {
  const keys = keysOf(pointer);
  return pointerOf(keys.slice(0, Math.max(keys.lastIndexOf("example"), keys.lastIndexOf("examples"))));
}

function examplesIn(document: Document): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: unknown, keys: readonly string[]): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      const at = [...keys, key];
      const isName = keys.at(-1) === "properties";
      if (!isName && key === "example") found.set(pointerOf(at), canonical(child));
      else if (!isName && key === "examples" && isObject(child)) {
        for (const [name, each] of Object.entries(child)) found.set(pointerOf([...at, name]), canonical(each));
      } else visit(child, at);
    }
  };
  visit(document, []);
  return found;
}
