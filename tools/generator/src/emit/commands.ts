import {
  allOfParts,
  type Document,
  defaultIn,
  isBinary,
  keywordsOf,
  type Parameter,
  type Schema,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { hasStream, type Model, type Operation } from "../model.ts";
import { kebabCase } from "../names.ts";
import { sample } from "../sample.ts";
import { BANNER, literalBlock } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** A table of the commands that call the operations. It is data: the command line runs all of them by the same code. */
export const commands: Emitter = {
  package: "cli",
  files: (model) => ({ "operations.ts": emit(model) }),
};

/** An option of a command. */
interface Flag extends Reading {
  readonly flag: string;
  readonly in: Place["in"];
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

/** How the text of a flag is read. */
interface Reading {
  readonly type: string;
  readonly list: boolean;
  readonly values?: readonly unknown[];
  /** What the server takes if the flag is not given. */
  readonly default?: unknown;
  /** A value for the help. */
  readonly example?: unknown;
}

/** The part of a request that a flag sets. */
interface Place {
  readonly in: "body" | "query" | "headers";
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly "x-flag-name"?: string;
}

/** The options that every command has. */
const RESERVED = new Set(["--api-url", "--data", "--help", "--json", "--profile", "--verbose", "--version", "--yes"]);

function emit({ document, resources }: Model): string {
  const table = resources
    .filter(({ operations }) => operations.length > 0)
    .map(({ name, description, operations }) => ({
      resource: name,
      word: kebabCase(name),
      description,
      operations: operations.map((operation) => commandOf(document, operation)),
    }));
  return `${BANNER}import type { ResourceCommand } from "../operations/table.ts";

/** The operations of the API, as commands. */
export const RESOURCES: readonly ResourceCommand[] = ${literalBlock(table)};
`;
}

function commandOf(document: Document, operation: Operation): object {
  const {
    name,
    safe,
    summary,
    description,
    deprecated,
    tokenHeader,
    isTokenOptional,
    parameters,
    pathParameters,
    body,
  } = operation;
  const [example = body && sample(document, body.schema)] = Object.values(body?.examples ?? {});
  return {
    name,
    word: kebabCase(name),
    summary,
    description,
    deprecated,
    writes: !safe,
    arguments: pathParameters.map((argument) => ({
      word: kebabCase(argument.name),
      description: argument.description,
      example: exampleOf(
        document,
        parameters.find((each) => each.in === "path" && each.name === argument.name),
      ),
    })),
    flags: flagsOf(document, operation),
    ...(body && {
      body: {
        required: body.required && body.default === undefined,
        description: body.description,
        example,
        ...(Object.keys(body.readOnly).length > 0 && { readOnly: body.readOnly }),
        ...(body.kind === "bytes" && { isFile: true }),
      },
    }),
    ...(hasStream(operation) && { isStream: true }),
    ...((tokenHeader === "" || isTokenOptional) && { withoutToken: true }),
  };
}

function exampleOf(document: Document, parameter: Parameter | undefined): unknown {
  return parameter?.example ?? sample(document, parameter?.schema);
}

/** The options that the command of an operation has besides those of every command. */
export function flagsOf(document: Document, operation: Operation): Flag[] {
  const { parameters, body } = operation;
  const ofKind = (kind: Parameter["in"]) => parameters.filter((parameter) => parameter.in === kind);
  const places: Place[] = [
    ...(body?.kind === "bytes" ? [fileOf(body)] : []),
    ...(body?.schema === undefined ? [] : propertiesOf(document, body.schema)),
    ...ofKind("query").map(
      (parameter): Place => ({ ...parameter, in: "query", example: exampleOf(document, parameter) }),
    ),
    ...ofKind("header").map(
      (parameter): Place => ({ ...parameter, in: "headers", example: exampleOf(document, parameter) }),
    ),
  ];
  const taken = new Set([...RESERVED, ...(hasStream(operation) ? ["--output"] : [])]);
  return places.flatMap(({ in: place, name, description = "", required = false, schema, example, ...more }) => {
    const { "x-flag-name": given, deprecated = false } = more;
    const candidates = given === undefined ? [kebabCase(name), `${place}-${kebabCase(name)}`] : [given];
    const flag = candidates
      .map((each) => `--${each}`)
      .find(
        // An option that begins with `no-` would be a negation.
        (each) => /^--[a-z](?:-?[a-z0-9])*$/.test(each) && !each.startsWith("--no-") && !taken.has(each),
      );
    // A property without a possible flag can be given by `--data`.
    if (flag === undefined) return [];
    taken.add(flag);
    const usual = schema === undefined ? undefined : defaultIn(document, { value: schema, pointer: "#" });
    return {
      flag,
      in: place,
      name,
      description,
      required,
      ...(deprecated && { deprecated }),
      ...readingOf(document, schema, place === "body" && body?.kind !== "json"),
      ...(usual && { default: usual.value }),
      ...(required && example !== undefined && { example }),
    };
  });
}

/** A body that is a file: the flag names it. */
function fileOf({ required, description }: NonNullable<Operation["body"]>): Place {
  return { in: "body", name: "file", description, required, schema: { type: "string", format: "binary" } };
}

/** The properties of a body that can be sent. A body that is no object has none. */
function propertiesOf(document: Document, schema: Schema): Place[] {
  const parts = allOfParts(document, schema).map(({ value }) => value);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const properties = new Map<string, Schema>();
  for (const [name, property] of parts.flatMap((part) => Object.entries(part.properties ?? {}))) {
    // Another part may only limit what this one describes.
    if (!properties.has(name) || readingOf(document, property).type !== "any") properties.set(name, property);
  }
  return [...properties].flatMap(([name, property]): Place[] => {
    const { readOnly, deprecated, description = "" } = keywordsOf(document, property);
    const place: Place = {
      in: "body",
      name,
      description,
      required: required.has(name),
      deprecated: deprecated === true,
      schema: property,
    };
    return readOnly ? [] : [place];
  });
}

/** @param mayBeFile Whether it is written as a part of a form, or as bytes. In JSON, bytes are a text. */
function readingOf(document: Document, schema: Schema | undefined, mayBeFile = false): Reading {
  const simple = simplified(document, schema);
  // The items of a tuple differ, so it is given as a whole.
  if (typeName(simple) !== "array" || simple.prefixItems) return { list: false, ...itemReadingOf(simple, mayBeFile) };
  return { list: true, ...itemReadingOf(simplified(document, simple.items), mayBeFile) };
}

function itemReadingOf(schema: SchemaObject, mayBeFile: boolean): Omit<Reading, "list"> {
  const values = schema.const === undefined ? schema.enum?.filter((value) => value !== null) : [schema.const];
  if (values?.every((value) => typeof value === "string")) return { type: "string", values };
  if (mayBeFile && isBinary(schema) && typeName(schema) === "string") return { type: "file" };
  const type = typeName(schema);
  const isPlain = type === "string" || type === "integer" || type === "number" || type === "boolean";
  const isAnything = !type && !schema.enum && !schema.allOf && !schema.properties;
  return {
    type: isPlain ? type : isAnything ? "any" : "json",
    ...(values?.every((value) => typeof value === "number") && { values }),
  };
}

/** The type of a value that is not `null`. Of several types it is the first, so that one more type changes no command. */
function typeName({ type }: SchemaObject): string | undefined {
  return [type ?? []].flat().find((each) => each !== "null");
}

function isAnyString(document: Document, schema: Schema): boolean {
  const { type, description: _, ...others } = keywordsOf(document, schema);
  return type === "string" && Object.keys(others).length === 0;
}

/**
 * The schema inside references and inside an `allOf` of one member. Of a choice it is the first member that is not `null`, without
 * its list of values if there are other members. It keeps the list if the other is any string: what may be newer than the list goes
 * by `--data`, and a misspelt flag is refused.
 */
function simplified(document: Document, schema: Schema | undefined): SchemaObject {
  const keywords = keywordsOf(document, schema);
  const { type, enum: values, const: value, allOf, anyOf, oneOf } = keywords;
  if (type !== undefined || values || value !== undefined) return keywords;
  const [only, another, third] = (allOf ?? anyOf ?? oneOf ?? []).filter(
    (part) => keywordsOf(document, part).type !== "null",
  );
  if (only === undefined || (allOf && another !== undefined)) return keywords;
  const first = simplified(document, only);
  if (another === undefined || (third === undefined && isAnyString(document, another))) return first;
  const { enum: listed, const: _, ...anyValue } = first;
  // Listed texts need no type beside them.
  return listed?.every((each) => typeof each === "string") ? { ...anyValue, type: "string" } : anyValue;
}
