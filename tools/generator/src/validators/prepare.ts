import { type Document, openEnumName, schemaName } from "../document.ts";
import { FORMATS } from "./formats.ts";
import { type JsonSchema, mapSchema } from "./schema.ts";

/**
 * What a validator asks: `contract` what the document says; `known` besides that there is nothing that the document does
 * not list, neither a property nor a value of an enum that may grow.
 */
export type Strictness = "contract" | "known";

/** The schema as one that stands by itself: what it refers to is in its `$defs`. */
export function prepareSchema(document: Document, schema: JsonSchema, strictness: Strictness): JsonSchema {
  const $defs: Record<string, JsonSchema> = {};
  const components = (document.components?.schemas ?? {}) as Readonly<Record<string, JsonSchema>>;

  /** Points at a schema of `$defs`, and puts it there if it is not there yet. */
  const refer = (name: string, close: boolean): string => {
    const key = close ? `${name}.known` : name;
    if (!(key in $defs)) {
      $defs[key] = true; // Already there for a schema that refers to itself.
      $defs[key] = prepare(components[name] ?? true, close);
    }
    return `#/$defs/${key}`;
  };

  /** @param close Whether properties that are not listed are refused here. */
  const prepare = (part: JsonSchema, close: boolean): JsonSchema => {
    if (typeof part === "boolean") return part;
    const openEnum = openEnumName(document, part);
    if (openEnum !== undefined) {
      const { enum: values } = components[openEnum] as { enum: readonly unknown[] };
      return strictness === "known" ? { enum: values } : { type: "string" };
    }
    const name = schemaName(part);
    const closeHere =
      close && listsProperties(document, part) && !("additionalProperties" in part) && name === undefined;
    const prepared = mapSchema(withoutRepetition(part), (each, keyword) => {
      // All parts of an `allOf` together list the properties, and so none of them may refuse what it does not list.
      const isPart =
        ["allOf", "then", "else", "if", "dependentSchemas"].includes(keyword) ||
        (closeHere && ["anyOf", "oneOf"].includes(keyword));
      return prepare(each, strictness === "known" && !isPart);
    }) as Record<string, unknown>;
    if (name !== undefined) prepared.$ref = refer(name, close);
    if (closeHere)
      prepared[
        Object.keys(part).some((key) => /Of$|^if$/.test(key)) ? "unevaluatedProperties" : "additionalProperties"
      ] = false;
    return prepared;
  };

  const name = typeof schema === "object" ? schemaName(schema) : undefined;
  const root = name === undefined ? schema : (components[name] ?? true);
  const prepared = prepare(root, strictness === "known") as Record<string, unknown>;
  return Object.keys($defs).length > 0 ? { ...prepared, $defs } : prepared;
}

/** Whether a schema, or a part of its `allOf`, says which properties there are. */
function listsProperties(document: Document, schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return false;
  if ("properties" in schema) return true;
  const name = schemaName(schema);
  if (name !== undefined) return listsProperties(document, document.components?.schemas?.[name] as JsonSchema);
  return ((schema.allOf ?? []) as JsonSchema[]).some((part) => listsProperties(document, part));
}

/**
 * The format of small integers as bounds, and no format that there is nothing to check by. No type where the values are
 * listed: one fault is to be told once.
 */
function withoutRepetition(schema: Exclude<JsonSchema, boolean>): JsonSchema {
  const { format, type, ...others } = schema;
  const rest = "enum" in schema || "const" in schema || type === undefined ? others : { type, ...others };
  if (format === "int32") return { minimum: -(2 ** 31), maximum: 2 ** 31 - 1, ...rest };
  return typeof format === "string" && format in FORMATS ? { format, ...rest } : rest;
}
