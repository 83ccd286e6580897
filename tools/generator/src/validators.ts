import {
  allOfParts,
  type Document,
  isBinary,
  mapSubschemas,
  openEnumName,
  SCHEMA_KEYWORDS,
  SCHEMA_LISTS,
  SCHEMA_MAPS,
  type Schema,
  type SchemaObject,
  schemaName,
  target,
} from "@mindbridge-sdk/openapi";
import type { NamedSchemas } from "./compile-schema.ts";

/**
 * What a validator accepts: with `contract`, every value that the document allows; with `known`, only those without properties and
 * values of open enums that the document does not list. A `part` of an `allOf` leaves it to the whole which properties are known. A `form`
 * is what the contract allows, with a `Blob` for each file.
 */
export type Strictness = "contract" | "known" | "part" | "form";

/** The keywords that constrain a value itself. Others that do not hold schemas only describe it, and do not reach the validators. */
const ASSERTIONS: ReadonlySet<string> = new Set([
  "$ref",
  "const",
  "dependentRequired",
  "enum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxContains",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minContains",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "required",
  "type",
  "uniqueItems",
]);

/** The keywords that hold schemas and constrain nothing. */
const NO_ASSERTIONS: ReadonlySet<string> = new Set(["$defs", "contentSchema"]);

/** The keywords whose schemas see only a part of the properties that are listed. */
const PARTS: ReadonlySet<string> = new Set(["$ref", "allOf", "dependentSchemas", "else", "then"]);

/** The keywords whose schemas do so where the schema itself lists properties, too. */
const CHOICES: ReadonlySet<string> = new Set(["anyOf", "oneOf"]);

/** The keywords that decide what else applies. What they decide must not depend on the strictness. */
const DECISIONS: ReadonlySet<string> = new Set(["if", "not"]);

/** Schemas to compile. A `$ref` in them is the key of another one. */
export interface PreparedSchemas {
  readonly schemas: NamedSchemas;
  /** The key of a schema. Where both strictnesses come to the same, they have one key. */
  readonly keyOf: (name: string, strictness: Strictness) => string;
}

/**
 * Prepares the schemas of bodies, and all that they refer to, for each strictness.
 *
 * @param document In the form of `normalize`: references lead to components.
 * @param bodies The schemas of JSON by their names. Those of components are their own.
 * @param forms Those of forms.
 */
export function prepareSchemas(
  document: Document,
  bodies: ReadonlyMap<string, Schema>,
  forms: ReadonlyMap<string, Schema> = new Map(),
): PreparedSchemas {
  const prepared = new Map<string, Schema>();

  /** Prepares a schema, unless that is done, and returns its key. */
  const add = (name: string, schema: Schema, strictness: Strictness): string => {
    const key = keyOf(name, strictness);
    if (!prepared.has(key)) {
      prepared.set(key, true); // A schema that refers to itself finds this.
      prepared.set(key, prepare(schema, strictness));
      if (strictness !== "contract") add(name, schema, "contract");
    }
    return key;
  };

  const refer = ($ref: string, strictness: Strictness): string =>
    add(schemaName($ref) as string, target(document, $ref).value as Schema, strictness);

  const prepare = (schema: Schema, strictness: Strictness): Schema => {
    if (typeof schema === "boolean") return schema;
    if (strictness === "form" && isBinary(schema)) return { type: "file" };
    const openEnum = openEnumName(document, schema);
    if (openEnum !== undefined) {
      return strictness !== "known" && strictness !== "part"
        ? { type: "string" }
        : { $ref: refer(`#/components/schemas/${openEnum}`, "contract") };
    }
    const assertions = assertionsOf(schema);
    const [onlyPart, ...otherParts] = schema.allOf ?? [];
    if (Object.keys(assertions).join() === "allOf" && onlyPart !== undefined && otherParts.length === 0) {
      return prepare(onlyPart, strictness);
    }
    const isWhole = Object.keys(assertions).join() === "$ref";
    const closes =
      strictness === "known" &&
      !isWhole &&
      !("additionalProperties" in schema || "unevaluatedProperties" in schema) &&
      listsProperties(document, schema);
    const inner = (keyword: string): Strictness => {
      if (strictness === "contract" || strictness === "form") return strictness;
      if (DECISIONS.has(keyword)) return "contract";
      const isPart = PARTS.has(keyword) || (CHOICES.has(keyword) && (closes || strictness === "part"));
      return isPart ? "part" : "known";
    };
    const hasParts = [...PARTS, ...CHOICES, "if"].some((keyword) => keyword in assertions);
    return {
      ...(mapSubschemas(assertions, (each, keyword) => prepare(each, inner(keyword))) as SchemaObject),
      ...(schema.$ref === undefined ? {} : { $ref: refer(schema.$ref, isWhole ? strictness : inner("$ref")) }),
      ...(closes ? { [hasParts ? "unevaluatedProperties" : "additionalProperties"]: false } : {}),
    };
  };

  const addBody = (name: string, schema: Schema, strictness: Strictness): void => {
    const isNamed = schemaName(schema) === name;
    add(name, isNamed ? (target(document, `#/components/schemas/${name}`).value as Schema) : schema, strictness);
  };
  for (const [name, schema] of bodies) addBody(name, schema, "known");
  for (const [name, schema] of forms) addBody(name, schema, "form");
  return withoutRepetitions(prepared);
}

function keyOf(name: string, strictness: Strictness): string {
  return strictness === "contract" ? name : `${name}.${strictness}`;
}

/** Schemas without those that say the same as the contract. */
function withoutRepetitions(prepared: ReadonlyMap<string, Schema>): PreparedSchemas {
  const contractOf = (key: string) => key.replace(/\.(known|part|form)$/, "");
  const repetitions = new Set([...prepared.keys()].filter((key) => key !== contractOf(key)));
  const shortened = (key: string) => (repetitions.has(key) ? contractOf(key) : key);
  const textOf = (key: string) =>
    JSON.stringify(prepared.get(key), (keyword, value: unknown) =>
      keyword === "$ref" && typeof value === "string" ? shortened(value) : value,
    );
  // Schemas that refer to each other repeat the contract together, or do not.
  for (let count = Number.NaN; count !== repetitions.size; ) {
    count = repetitions.size;
    for (const key of repetitions) if (textOf(key) !== textOf(contractOf(key))) repetitions.delete(key);
  }
  const kept = [...prepared.keys()].filter((key) => !repetitions.has(key));
  return {
    schemas: new Map(kept.map((key) => [key, JSON.parse(textOf(key)) as Schema])),
    keyOf: (name, strictness) => shortened(keyOf(name, strictness)),
  };
}

/** Whether a schema, or a part of its `allOf`, lists properties. */
function listsProperties(document: Document, schema: Schema): boolean {
  return allOfParts(document, schema).some(({ value }) => "properties" in value);
}

/**
 * The keywords that say what is valid. A format of small integers becomes bounds. Beside a list of values the type goes,
 * so that a wrong value is one problem.
 */
function assertionsOf(schema: SchemaObject): SchemaObject {
  const assertions = Object.entries(schema).filter(([keyword]) => isAssertion(keyword));
  const { format, type, ...others }: SchemaObject = Object.fromEntries(assertions);
  const rest = "enum" in schema || "const" in schema || type === undefined ? others : { type, ...others };
  if (format === "int32") return { minimum: -(2 ** 31), maximum: 2 ** 31 - 1, ...rest };
  return format === undefined ? rest : { format, ...rest };
}

function isAssertion(keyword: string): boolean {
  const holdsSchemas = [SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS].some((keywords) => keywords.has(keyword));
  return ASSERTIONS.has(keyword) || (holdsSchemas && !NO_ASSERTIONS.has(keyword));
}
