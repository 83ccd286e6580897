import { type Document, isObject, type Schema, type SchemaObject, target } from "@mindbridge-sdk/openapi";
import {
  codePoints,
  fail,
  isEqual,
  isMultiple,
  isUnique,
  pointerKey,
} from "../../../packages/contract/src/validation/runtime.ts";
import type { Problem } from "../../../packages/contract/src/validation/validator.ts";
import { isOfFormat } from "./formats.ts";

/** What is wrong with a value. */
export interface Evaluation {
  /** What the schema rules out. */
  readonly violations: readonly Problem[];
  /** Properties that the schema allows and does not list. */
  readonly unlisted: readonly Problem[];
}

/**
 * Evaluates a schema on a value. A validator gives the same verdict, but has to be compiled first. That pays where a schema looks at many
 * values; of an example, most schemas of a document see one.
 *
 * @param document In the form of `normalize`, with a validator for each of its schemas.
 */
export function evaluate(document: Document, schema: Schema, value: unknown): Evaluation {
  const evaluator = new Evaluator(document);
  evaluator.whole(schema, value, "", "not");
  return evaluator;
}

/** What schemas that apply to one value have said of it. */
interface Said {
  /** The names of the properties and the indices of the items that they looked at. */
  readonly keys: Set<string | number>;
  /** Whether they list properties. */
  listsProperties: boolean;
}

/** The keywords that apply to what none of the others beside them looked at. */
const UNEVALUATED = ["unevaluatedProperties", "unevaluatedItems"] as const;

class Evaluator implements Evaluation {
  readonly violations: Problem[] = [];
  readonly #document: Document;
  /** The properties that no schema lists of those that apply together, unless another part lists them. */
  readonly #unlisted: Problem[] = [];
  /** Where the properties stand that some schema lists. */
  readonly #listed = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
  }

  get unlisted(): Problem[] {
    return this.#unlisted.filter(({ pointer }) => !this.#listed.has(pointer));
  }

  /**
   * Applies all that is said of a value: only here is it known which properties are listed.
   *
   * @param keyword The keyword that holds the schema.
   */
  whole(schema: Schema, value: unknown, at: string, keyword: string): void {
    if (schema === true) return;
    if (schema === false) {
      fail(this.violations, at, keyword);
      return;
    }
    const said: Said = { keys: new Set(), listsProperties: false };
    this.#part(schema, value, at, said, []);
    if (!said.listsProperties || !isObject(value)) return;
    for (const name of Object.keys(value)) {
      const place = `${at}/${pointerKey(name)}`;
      if (said.keys.has(name)) this.#listed.add(place);
      else fail(this.#unlisted, place, "additionalProperties");
    }
  }

  /** @param around The schemas that apply this one to the same value. */
  #part(schema: Schema, value: unknown, at: string, said: Said, around: readonly Schema[]): void {
    if (schema === true || around.includes(schema)) return;
    if (schema === false) {
      fail(this.violations, at, "not");
      return;
    }
    if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(value, type))) {
      fail(this.violations, at, "type", schema.type);
      return;
    }
    const isScoped = UNEVALUATED.some((keyword) => keyword in schema);
    const own: Said = isScoped ? { keys: new Set(), listsProperties: false } : said;
    const inside = [...around, schema];
    if (schema.$ref !== undefined) this.#part(this.#target(schema.$ref), value, at, own, inside);
    for (const part of schema.allOf ?? []) this.#part(part, value, at, own, inside);
    this.#decisions(schema, value, at, own, inside);
    this.#assertions(schema, value, at);
    if (Array.isArray(value)) this.#items(schema, value, at, own);
    else if (isObject(value)) this.#properties(schema, value, at, own, inside);
    if (isScoped) {
      this.#unevaluated(schema, value, at, own);
      for (const key of own.keys) said.keys.add(key);
      said.listsProperties ||= own.listsProperties;
    }
  }

  /** What a value is, whatever its properties and items are. */
  #assertions(schema: SchemaObject, value: unknown, at: string): void {
    const must = (holds: boolean, keyword: keyof SchemaObject & string): void => {
      if (!holds) fail(this.violations, at, keyword, schema[keyword]);
    };
    if (schema.enum !== undefined)
      must(
        schema.enum.some((each) => isEqual(each, value)),
        "enum",
      );
    if (schema.const !== undefined) must(isEqual(schema.const, value), "const");
    const { format, pattern } = schema;
    if (typeof value === "number") {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
      if (minimum !== undefined) must(value >= minimum, "minimum");
      if (maximum !== undefined) must(value <= maximum, "maximum");
      if (exclusiveMinimum !== undefined) must(value > exclusiveMinimum, "exclusiveMinimum");
      if (exclusiveMaximum !== undefined) must(value < exclusiveMaximum, "exclusiveMaximum");
      if (multipleOf !== undefined) must(isMultiple(value, multipleOf), "multipleOf");
      if (format === "int32") must(value >= -(2 ** 31) && value < 2 ** 31, "format");
    }
    if (typeof value === "string") {
      const { minLength, maxLength } = schema;
      if (minLength !== undefined) must(codePoints(value) >= minLength, "minLength");
      if (maxLength !== undefined) must(codePoints(value) <= maxLength, "maxLength");
      if (pattern !== undefined) must(regExp(pattern).test(value), "pattern");
      if (format !== undefined) must(isOfFormat(value, format), "format");
    }
  }

  /** The keywords that let other schemas decide what holds. */
  #decisions(schema: SchemaObject, value: unknown, at: string, said: Said, inside: readonly Schema[]): void {
    if (schema.anyOf) this.#choice("anyOf", schema.anyOf, value, at, said, inside);
    if (schema.oneOf) this.#choice("oneOf", schema.oneOf, value, at, said, inside);
    if (schema.not !== undefined && this.#isValid(schema.not, value, inside)) fail(this.violations, at, "not");
    if (schema.if === undefined) return;
    const { evaluator, said: condition } = this.#try(schema.if, value, at, inside);
    const isMet = evaluator.violations.length === 0;
    if (isMet) for (const key of condition.keys) said.keys.add(key);
    this.#part((isMet ? schema.then : schema.else) ?? true, value, at, said, inside);
  }

  #choice(
    keyword: "anyOf" | "oneOf",
    members: readonly Schema[],
    value: unknown,
    at: string,
    said: Said,
    inside: readonly Schema[],
  ): void {
    const tried = members.map((member) => this.#try(member, value, at, inside));
    const matches = tried.filter(({ evaluator }) => evaluator.violations.length === 0);
    if (matches.length === 0 || (keyword === "oneOf" && matches.length > 1)) {
      const meant = matches.length === 0 ? tried.filter(({ evaluator }) => evaluator.#isMeant(at)) : [];
      const [closest, next] = meant
        .map(({ evaluator }) => evaluator.violations)
        .toSorted((one, other) => one.length - other.length);
      if (closest && closest.length < (next?.length ?? Number.POSITIVE_INFINITY)) this.violations.push(...closest);
      else fail(this.violations, at, keyword);
      return;
    }
    for (const match of matches) for (const key of match.said.keys) said.keys.add(key);
    said.listsProperties ||= matches.every((match) => match.said.listsProperties);
    const lists = matches.map(({ evaluator }) => evaluator.unlisted);
    this.#unlisted.push(...(lists.toSorted((a, b) => a.length - b.length)[0] ?? []));
    for (const { evaluator } of matches) for (const place of evaluator.#listed) this.#listed.add(place);
  }

  /** Whether the value may be meant for the schema: it has the type, and the constants of the properties. */
  #isMeant(at: string): boolean {
    return !this.violations.some(
      ({ pointer, keyword }) =>
        (keyword === "type" && pointer === at) ||
        (keyword === "const" && pointer.slice(at.length).lastIndexOf("/") <= 0),
    );
  }

  #items(schema: SchemaObject, value: readonly unknown[], at: string, said: Said): void {
    const { prefixItems = [], items, contains, minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema;
    const { minItems, maxItems, uniqueItems } = schema;
    if (minItems !== undefined && value.length < minItems) fail(this.violations, at, "minItems", minItems);
    if (maxItems !== undefined && value.length > maxItems) fail(this.violations, at, "maxItems", maxItems);
    if (uniqueItems === true && !isUnique(value)) fail(this.violations, at, "uniqueItems");
    for (const [index, item] of value.entries()) {
      const applied = prefixItems[index] ?? items;
      if (applied === undefined) continue;
      this.whole(applied, item, `${at}/${index}`, "items");
      said.keys.add(index);
    }
    if (contains === undefined) return;
    const contained = [...value.keys()].filter((index) => this.#isValid(contains, value[index]));
    for (const index of contained) said.keys.add(index);
    if (contained.length < minContains) fail(this.violations, at, "minContains", minContains);
    if (contained.length > maxContains) fail(this.violations, at, "maxContains", maxContains);
  }

  #properties(
    schema: SchemaObject,
    value: Readonly<Record<string, unknown>>,
    at: string,
    said: Said,
    inside: readonly Schema[],
  ): void {
    const names = Object.keys(value);
    const { required = [], dependentRequired = {}, dependentSchemas = {}, minProperties, maxProperties } = schema;
    const { properties, patternProperties = {}, additionalProperties, propertyNames } = schema;
    const dependent = Object.keys(dependentRequired).filter((name) => Object.hasOwn(value, name));
    for (const name of new Set([...required, ...dependent.flatMap((each) => dependentRequired[each] ?? [])])) {
      if (!Object.hasOwn(value, name)) fail(this.violations, `${at}/${pointerKey(name)}`, "required");
    }
    if (minProperties !== undefined && names.length < minProperties)
      fail(this.violations, at, "minProperties", minProperties);
    if (maxProperties !== undefined && names.length > maxProperties)
      fail(this.violations, at, "maxProperties", maxProperties);
    for (const [name, part] of Object.entries(dependentSchemas)) {
      if (Object.hasOwn(value, name)) this.#part(part, value, at, said, inside);
    }
    if (properties) said.listsProperties = true;
    const patterns = Object.entries(patternProperties);
    for (const name of names) {
      const place = `${at}/${pointerKey(name)}`;
      if (propertyNames !== undefined && !this.#isValid(propertyNames, name))
        fail(this.violations, place, "propertyNames");
      const named = properties && Object.hasOwn(properties, name) ? [properties[name] as Schema] : [];
      const matched = patterns.flatMap(([pattern, each]) => (regExp(pattern).test(name) ? [each] : []));
      const own = [...named, ...matched];
      const applied = own.length > 0 || additionalProperties === undefined ? own : [additionalProperties];
      for (const each of applied) this.whole(each, value[name], place, "additionalProperties");
      if (applied.length > 0) said.keys.add(name);
    }
  }

  #unevaluated(schema: SchemaObject, value: unknown, at: string, said: Said): void {
    for (const keyword of UNEVALUATED) {
      const rest = schema[keyword];
      const isHolder = keyword === "unevaluatedItems" ? Array.isArray(value) : isObject(value);
      if (rest === undefined || !isHolder) continue;
      for (const [name, each] of Object.entries(value as object)) {
        const key = keyword === "unevaluatedItems" ? Number(name) : name;
        if (said.keys.has(key)) continue;
        this.whole(rest, each, `${at}/${pointerKey(name)}`, keyword);
        said.keys.add(key);
      }
    }
  }

  #try(schema: Schema, value: unknown, at: string, inside: readonly Schema[]) {
    const evaluator = new Evaluator(this.#document);
    const said: Said = { keys: new Set(), listsProperties: false };
    evaluator.#part(schema, value, at, said, inside);
    return { evaluator, said };
  }

  #isValid(schema: Schema, value: unknown, inside: readonly Schema[] = []): boolean {
    return this.#try(schema, value, "", inside).evaluator.violations.length === 0;
  }

  #target($ref: string): Schema {
    return target(this.#document, $ref).value as Schema;
  }
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    case "object":
      return isObject(value);
    default:
      return typeof value === type;
  }
}

const regExps = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  const known = regExps.get(pattern) ?? new RegExp(pattern, "u");
  regExps.set(pattern, known);
  return known;
}
