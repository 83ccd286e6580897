import {
  allOfParts,
  type Document,
  isObject,
  keywordsOf,
  mapSubschemas,
  openEnumName,
  SCHEMA_KEYWORDS,
  SCHEMA_LISTS,
  SCHEMA_MAPS,
  type Schema,
  type SchemaObject,
  schemaName,
} from "@mindbridge-sdk/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { fastFormats } from "ajv-formats/dist/formats.js";
import { importLine } from "./text.ts";

/**
 * What a validator accepts: with `contract`, every value that the document allows; with `known`, only those without properties and
 * values of open enums that the document does not list.
 */
export type Strictness = "contract" | "known";

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

/** The formats of strings that a regular expression can check. Code that stands alone can hold those. */
const FORMATS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(fastFormats).flatMap(([name, format]) => {
    const check = typeof format === "object" && "validate" in format ? format.validate : format;
    return check instanceof RegExp ? [[name, check]] : [];
  }),
);

/** A schema that stands alone: the schemas that it refers to are in its `$defs`. */
export function prepareSchema(document: Document, schema: Schema, strictness: Strictness): Schema {
  const $defs: Record<string, Schema> = {};
  const componentOf = (name: string): Schema => document.components?.schemas?.[name] ?? true;

  /** Refers to a schema in `$defs`, and puts it there first if it is missing. */
  const refer = (name: string, close: boolean): string => {
    const key = close ? `${name}.known` : name;
    if (!(key in $defs)) {
      $defs[key] = true; // A schema that refers to itself finds this.
      $defs[key] = prepare(componentOf(name), close);
    }
    return `#/$defs/${key}`;
  };

  /** @param close Whether to refuse properties that are not listed. */
  const prepare = (part: Schema, close: boolean): Schema => {
    if (typeof part === "boolean") return part;
    const openEnum = openEnumName(document, part);
    if (openEnum !== undefined) {
      return strictness === "known"
        ? { enum: keywordsOf(document, componentOf(openEnum)).enum ?? [] }
        : { type: "string" };
    }
    const name = schemaName(part);
    const closeHere =
      close && name === undefined && !("additionalProperties" in part) && listsProperties(document, part);
    const prepared = mapSubschemas(assertionsOf(part), (each, keyword) => {
      // The parts of an `allOf` list the properties together. One of them alone must not refuse those of the others.
      const isPart =
        ["allOf", "then", "else", "if", "dependentSchemas"].includes(keyword) ||
        (closeHere && ["anyOf", "oneOf"].includes(keyword));
      return prepare(each, strictness === "known" && !isPart);
    });
    const hasParts = Object.keys(part).some((key) => /Of$|^if$/.test(key));
    return {
      ...(prepared as SchemaObject),
      ...(name === undefined ? {} : { $ref: refer(name, close) }),
      ...(closeHere ? { [hasParts ? "unevaluatedProperties" : "additionalProperties"]: false } : {}),
    };
  };

  const name = schemaName(schema);
  const prepared = prepare(name === undefined ? schema : componentOf(name), strictness === "known");
  return Object.keys($defs).length > 0 && isObject(prepared) ? { ...prepared, $defs } : prepared;
}

/** Whether a schema, or a part of its `allOf`, lists properties. */
function listsProperties(document: Document, schema: Schema): boolean {
  return allOfParts(document, schema).some(({ value }) => "properties" in value);
}

/**
 * The keywords that say what is valid. A format of small integers becomes bounds, and an unknown format goes. Beside a list of
 * values the type goes, so that a wrong value is one problem.
 */
function assertionsOf(schema: SchemaObject): SchemaObject {
  const isKept = (keyword: string): boolean =>
    [ASSERTIONS, SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS].some((keywords) => keywords.has(keyword));
  const { format, type, ...others } = Object.fromEntries(Object.entries(schema).filter(([keyword]) => isKept(keyword)));
  const rest = "enum" in schema || "const" in schema || type === undefined ? others : { type, ...others };
  if (format === "int32") return { minimum: -(2 ** 31), maximum: 2 ** 31 - 1, ...rest };
  return typeof format === "string" && format in FORMATS ? { format, ...rest } : rest;
}

/** The functions that ajv's code imports from ajv, and those that the contract has in their place. */
const RUNTIME: Readonly<Record<string, string>> = {
  "ajv/dist/runtime/equal": "isEqual",
  "ajv/dist/runtime/ucs2length": "codePoints",
};

/** The code of a validator that needs neither ajv nor `eval`: a module that exports it as `validate`. */
export function compileValidator(schema: Schema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    code: { esm: true, lines: true, source: true },
    formats: { ...FORMATS },
    messages: false,
    // Redocly has checked all schemas. To read the meta-schema again would take as long as a validator.
    meta: false,
    validateSchema: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  const imports = new Set<string>();
  const code = standalone
    .default(ajv, ajv.compile(schema))
    .replace('"use strict";\n', "")
    .replace(/^export default \w+;\n/m, "")
    .replaceAll(/require\("([^"]+)"\)\.default/g, (_, module: string) => {
      const name = RUNTIME[module];
      if (name === undefined)
        throw new Error(`The code of ajv imports ${module}, which the contract does not have. Add it to RUNTIME.`);
      imports.add(name);
      return name;
    });
  const used = code.replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) =>
    code.includes(`${name}.`) ? line : "",
  );
  return `// @ts-nocheck ajv writes JavaScript.\n${importLine("import", imports, "../../validation/runtime.ts")}${used.trim()}\n`;
}
