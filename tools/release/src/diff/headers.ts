import { type Document, isReference, METHODS } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { sentence } from "./describe.ts";
import { isObject, keysOf, pointerOf } from "./json.ts";
import { placeName } from "./place.ts";
import { rateRequired } from "./rate-message.ts";
import { rateAll } from "./rated.ts";
import { usesAt } from "./uses.ts";

/**
 * Headers of responses that are optional in the exported types, or no longer are, by how they are written: openapi-typescript
 * takes one that is referred to for required, and one that is written in place for what it says itself.
 */
export function headerChanges({ base, revision, revisionUses }: Compared): Change[] {
  const before = headersIn(base);
  return [...headersIn(revision)].flatMap(([pointer, header]) => {
    const was = before.get(pointer);
    const isRequired = isTypedRequired(header);
    if (was === undefined || isReference(was) === isReference(header) || isTypedRequired(was) === isRequired) return [];
    const keys = keysOf(pointer);
    const name = `the header \`${keys.at(-1) ?? ""}\` of ${placeName(revision, pointerOf(keys.slice(0, -2)), [])}`;
    const what = sentence(`${name} is now ${isRequired ? "required" : "optional"} in the types.`);
    return [rateAll(pointer, usesAt(revisionUses, pointer), what, (use) => rateRequired(isRequired, use))];
  });
}

const isTypedRequired = (header: unknown): boolean =>
  isReference(header) || (isObject(header) && header.required === true);

/** The headers of all responses, by their pointers. */
function headersIn(document: Document): ReadonlyMap<string, unknown> {
  const operations = (["paths", "webhooks"] as const).flatMap((kind) =>
    Object.entries(document[kind] ?? {}).flatMap(([key, item]) =>
      METHODS.map((method) => [[kind, key, method, "responses"], item[method]?.responses] as const),
    ),
  );
  const all = [...operations, [["components", "responses"], document.components?.responses] as const];
  return new Map(
    all.flatMap(([keys, responses]) =>
      entriesOf(responses).flatMap(([status, response]) =>
        entriesOf(isObject(response) ? response.headers : undefined).map(
          ([name, header]) => [pointerOf([...keys, status, "headers", name]), header] as const,
        ),
      ),
    ),
  );
}

const entriesOf = (node: unknown): [string, unknown][] => (isObject(node) ? Object.entries(node) : []);
