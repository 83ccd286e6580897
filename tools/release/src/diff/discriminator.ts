import type { Document } from "@mindbridge-sdk/openapi";
import type { Rating } from "./change.ts";
import { isEqual, isObject, type JsonObject, keysOf } from "./json.ts";
import { unwrap } from "./meaning.ts";
import type { SchemaPair } from "./schema-rules.ts";
import { ratingOfRead, ratingOfSent } from "./shift.ts";

/**
 * What a change of a `discriminator` means: the types of what it tells apart take its values in place of what their own property
 * says. Nothing changes where that says the same.
 */
export function rateDiscriminator(
  [base, revision]: readonly [Document, Document],
  { before, after }: SchemaPair,
  isSent: boolean,
): Rating {
  const property = propertyOf(before) ?? propertyOf(after) ?? "";
  const isSame =
    (propertyOf(after) ?? property) === property &&
    isEqual(kinds(base, before, property), kinds(revision, after, property));
  const shift = isSame ? "same" : "other";
  return isSent ? ratingOfSent(shift) : ratingOfRead(shift, "typed");
}

function propertyOf({ discriminator }: JsonObject): string | undefined {
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Of each schema the values of the property that tells it: those of the discriminator, or its own. */
function kinds(document: Document, { oneOf, anyOf, discriminator }: JsonObject, property: string): unknown[] {
  const mapping = isObject(discriminator) ? Object.entries(discriminator.mapping ?? {}) : undefined;
  return [oneOf, anyOf].flat().flatMap((member: unknown) => {
    if (!isObject(member)) return [];
    const name = keysOf(String(member.$ref)).at(-1);
    const mapped = mapping?.filter(([, target]) => keysOf(String(target)).at(-1) === name).map(([value]) => value);
    if (mapped) return [mapped.length > 0 ? mapped : [name]];
    const { properties, required } = unwrap(document, member) ?? {};
    const isThere = isObject(properties) && Array.isArray(required) && required.includes(property);
    const own = isThere ? unwrap(document, properties[property]) : undefined;
    return [own?.const === undefined ? own?.enum : [own.const]];
  });
}
