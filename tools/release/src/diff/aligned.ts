import type { Document } from "@mindbridge-sdk/openapi";
import { isObject, type JsonObject } from "./json.ts";
import { isAnnotation, unwrap } from "./meaning.ts";
import { isData } from "./normal-form.ts";

/**
 * Two documents in their normal form, in which no schema adds something to one that it refers to where the other document writes
 * all of it in place: what stands beside the `$ref` would be compared with nothing.
 */
export function aligned(base: Document, revision: Document): readonly [Document, Document] {
  const align = (before: unknown, after: unknown, keys: readonly string[]): readonly [unknown, unknown] => {
    if (Array.isArray(before) && Array.isArray(after)) {
      const shared = before.slice(0, after.length);
      const pairs = shared.map((each: unknown, index) => align(each, after[index], [...keys, String(index)]));
      return [
        [...pairs.map(([each]) => each), ...before.slice(pairs.length)],
        [...pairs.map(([, each]) => each), ...after.slice(pairs.length)],
      ];
    }
    if (!isObject(before) || !isObject(after)) return [before, after];
    if (addsToReference(before) && after.$ref === undefined) return alignMembers(written(base, before), after, keys);
    if (addsToReference(after) && before.$ref === undefined)
      return alignMembers(before, written(revision, after), keys);
    return alignMembers(before, after, keys);
  };
  const alignMembers = (before: JsonObject, after: JsonObject, keys: readonly string[]): [JsonObject, JsonObject] => {
    const [from, to]: [Record<string, unknown>, Record<string, unknown>] = [{ ...before }, { ...after }];
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key) || isData(key, before[key], keys)) continue;
      [from[key], to[key]] = align(before[key], after[key], [...keys, key]);
    }
    return [from, to];
  };
  return align(base, revision, []) as readonly [Document, Document];
}

function addsToReference(schema: JsonObject): boolean {
  return typeof schema.$ref === "string" && Object.keys(schema).some((key) => key !== "$ref" && !isAnnotation(key));
}

/** A schema with what it refers to in place. */
function written(document: Document, schema: JsonObject): JsonObject {
  return unwrap(document, schema) ?? schema;
}
