import * as fc from "fast-check";
import { type Document, resolveSchema } from "../document.ts";
import type { Schema, SchemaObject } from "../schema.ts";
import { anyJson, anyName } from "./any-json.ts";
import { merge } from "./merge.ts";
import { numbers } from "./numbers.ts";
import { texts } from "./texts.ts";

type Values = fc.Arbitrary<unknown>;

/** Arrays and objects larger than their minimum by more than this say nothing new. */
const SPREAD = 5;
/** How often a schema may stand in itself. */
const MAX_NESTING = 3;

const ANNOTATIONS = new Set([
  "$comment",
  "title",
  "description",
  "default",
  "deprecated",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "writeOnly",
  "xml",
]);
const KEYWORDS = new Set([
  "$ref",
  "allOf",
  "anyOf",
  "oneOf",
  "type",
  "enum",
  "const",
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "items",
  "minItems",
  "maxItems",
  "uniqueItems",
  "properties",
  "required",
  "additionalProperties",
  "unevaluatedProperties",
  "minProperties",
  "maxProperties",
]);

/**
 * Makes values that a schema accepts. Where branches of a `oneOf` overlap, or parts of an `allOf` refuse each other's
 * properties, some are refused: who uses them asks a validator.
 *
 * @throws {Error} that names the keyword and its place, if the schema has one that values cannot be made of.
 */
export function validBodies(document: Document, schema: Schema, what: string): Values {
  const values = make(schema, what, 0);
  if (values === undefined) throw new Error(`${what}: every value has to hold itself. Correct the schema.`);
  return values;

  /** Nothing where a schema stands in itself too often. */
  function make(part: Schema, place: string, nesting: number): Values | undefined {
    const unable = (keyword: string): never => {
      throw new Error(`${place}: no random values can be made of \`${keyword}\`. Teach it to src/random/.`);
    };
    if (part === true) return anyJson;
    if (part === false) return unable("false");
    if (part.$ref !== undefined) {
      return nesting === MAX_NESTING ? undefined : make(resolveSchema(document, part), place, nesting + 1);
    }
    const unknown = Object.keys(part).find(
      (key) => !KEYWORDS.has(key) && !ANNOTATIONS.has(key) && !key.startsWith("x-"),
    );
    if (unknown !== undefined) return unable(unknown);

    const { allOf, ...rest } = part;
    if (allOf !== undefined) {
      const inItself = allOf.some((each) => typeof each === "object" && each.$ref !== undefined);
      if (inItself && nesting === MAX_NESTING) return undefined;
      const whole = allOf.reduce<SchemaObject>((all, each) => {
        const resolved = resolveSchema(document, each);
        if (resolved === false) return unable("false");
        return resolved === true ? all : merge(all, resolved, ANNOTATIONS, unable);
      }, rest);
      return make(whole, place, inItself ? nesting + 1 : nesting);
    }
    const { anyOf, oneOf, ...own } = rest;
    if (anyOf !== undefined || oneOf !== undefined) {
      if (anyOf !== undefined && oneOf !== undefined) return unable("anyOf beside oneOf");
      const branches = (anyOf ?? oneOf ?? []).flatMap((each) => make({ ...own, allOf: [each] }, place, nesting) ?? []);
      return branches.length === 0 ? undefined : fc.oneof(...branches);
    }
    if ("const" in own) return fc.constant(own.const);
    if (own.enum !== undefined) return fc.constantFrom(...own.enum);
    const types = [own.type ?? impliedType(own) ?? []].flat();
    if (types.length === 0) return anyJson;
    const made = types.flatMap((type) => ofType(type, own, place, nesting, unable) ?? []);
    return made.length === 0 ? undefined : fc.oneof(...made);
  }

  function ofType(
    type: string,
    part: SchemaObject,
    place: string,
    nesting: number,
    unable: (keyword: string) => never,
  ): Values | undefined {
    switch (type) {
      case "null":
        return fc.constant(null);
      case "boolean":
        return fc.boolean();
      case "string":
        return texts(part, unable);
      case "integer":
      case "number":
        return numbers(part, type === "integer", unable);
      case "array":
        return arrays(part, place, nesting);
      case "object":
        return objects(part, place, nesting);
      default:
        return unable(`type: ${type}`);
    }
  }

  function arrays(part: SchemaObject, place: string, nesting: number): Values | undefined {
    const { items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems = false } = part;
    const item = make(items, `${place}[]`, nesting);
    if (item === undefined) return minItems === 0 ? fc.constant([]) : undefined;
    const limits = { minLength: minItems, maxLength: Math.min(maxItems, minItems + SPREAD) };
    return uniqueItems ? fc.uniqueArray(item, { ...limits, selector: asText }) : fc.array(item, limits);
  }

  function objects(part: SchemaObject, place: string, nesting: number): Values | undefined {
    const { properties = {}, required = [], minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = part;
    const model: Record<string, Values> = {};
    for (const [name, property] of Object.entries(properties)) {
      const made = property === false ? undefined : make(property, `${place}.${name}`, nesting);
      if (made !== undefined) model[name] = made;
      else if (required.includes(name)) return undefined;
    }
    const others = part.additionalProperties ?? part.unevaluatedProperties ?? true;
    const other = others === false ? undefined : make(others, `${place}.*`, nesting);
    for (const name of required) if (!(name in model)) model[name] = other ?? fc.constant(null);
    const listed = fc.record(model, { requiredKeys: required.filter((name) => name in model) });
    const least = Math.max(0, minProperties - Object.keys(model).length);
    const limits = { minKeys: least, maxKeys: Math.min(maxProperties, least + 2) };
    const all =
      other === undefined
        ? listed
        : fc
            .tuple(fc.dictionary(anyName, other, { ...limits, noNullPrototype: true }), listed)
            .map(([added, own]) => ({ ...withoutListed(added, properties), ...own }));
    return all.filter((value) => {
      const { length } = Object.keys(value);
      return length >= minProperties && length <= maxProperties;
    });
  }
}

/** The type that the keywords speak of, where a schema does not say. */
function impliedType(schema: SchemaObject): string | undefined {
  if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema) return "array";
  return undefined;
}

/** Optional properties that were left out must not come back as anything. */
function withoutListed(added: Record<string, unknown>, properties: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(added).filter(([name]) => !Object.hasOwn(properties, name)));
}

/** Values of one text are one value: none of them hold objects whose keys differ in order only. */
function asText(value: unknown): string {
  return JSON.stringify(value);
}
