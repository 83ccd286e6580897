import {
  type Document,
  type Method,
  type Parameter,
  type PathItem,
  parametersOf,
  type Reference,
  resolve,
  type Schema,
} from "../document.ts";
import type { Model, Operation } from "../model.ts";
import { kebabCase } from "../names.ts";
import { sample } from "../sample.ts";
import { BANNER, literalBlock } from "../text.ts";

/** What `Schema` leaves out, since only this reads it. */
interface Details {
  readonly items?: Schema | Reference;
  readonly oneOf?: readonly (Schema | Reference)[];
  readonly readOnly?: boolean;
  readonly required?: readonly string[];
}
type AnySchema = Schema & Details;

/** An option of a command, as the table has it. */
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
}

/** Where a flag comes from, and what is known of it there. */
interface Place {
  readonly in: "body" | "query" | "headers";
  readonly name: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly schema: Schema | Reference | undefined;
}

/** The options that a command has whatever the document says. */
const TAKEN = new Set(["--api-url", "--data", "--help", "--json", "--version", "--yes"]);

/** The options that the command of an operation has. */
export function flagsOf(document: Document, { path, method, body }: Operation): Flag[] {
  const parameters = parametersAt(document, { path, method });
  return namedFlags(document, [
    ...(body ? propertiesOf(document, body.schema) : []),
    ...parameters.filter((parameter) => parameter.in === "query").map((parameter) => placeOf("query", parameter)),
    ...parameters.filter((parameter) => parameter.in === "header").map((parameter) => placeOf("headers", parameter)),
  ]);
}

function parametersAt(document: Document, { path, method }: Pick<Operation, "path" | "method">): Parameter[] {
  const pathItem = resolve<PathItem>(document, document.paths?.[path] ?? {});
  return parametersOf(document, pathItem, pathItem[method.toLowerCase() as Method] ?? {});
}

/** A table of the commands that call the operations. It is data: what they do is written by hand, once for all. */
export function emitCommands(document: Document, { resources }: Model): string {
  const table = resources.map(({ name, description, operations }) => ({
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
  const { name, method, summary, description, deprecated, pathParameters, body } = operation;
  const parameters = parametersAt(document, operation);
  const [example = body && sample(document, body.schema)] = Object.values(body?.examples ?? {});
  return {
    name,
    word: kebabCase(name),
    summary,
    description,
    deprecated,
    writes: !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method),
    arguments: pathParameters.map((parameter) => ({
      word: kebabCase(parameter.name),
      description: parameter.description,
      example: exampleOf(
        document,
        parameters.find((each) => each.in === "path" && each.name === parameter.name),
      ),
    })),
    flags: flagsOf(document, operation),
    ...(body && { body: { required: body.required, description: body.description, example } }),
  };
}

function placeOf(where: "query" | "headers", { name, description, required = false, schema }: Parameter): Place {
  return { in: where, name, description, required, schema };
}

function exampleOf(document: Document, parameter: (Parameter & { readonly example?: unknown }) | undefined): unknown {
  return parameter?.example ?? sample(document, parameter?.schema);
}

/** The properties of a body that can be sent: none where it is no object. */
function propertiesOf(document: Document, reference: Schema | Reference | undefined): Place[] {
  const schema: AnySchema = reference ? resolve<AnySchema>(document, reference) : {};
  const inherited = (schema.allOf ?? []).flatMap((part) => propertiesOf(document, part));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]): Place[] => {
    const { readOnly, description } = resolve<AnySchema>(document, property);
    return readOnly ? [] : [{ in: "body", name, description, required: false, schema: property }];
  });
  const places = new Map([...inherited, ...own].map((place) => [place.name, place]));
  return [...places.values()].map((place) =>
    schema.required?.includes(place.name) ? { ...place, required: true } : place,
  );
}

function namedFlags(document: Document, places: readonly Place[]): Flag[] {
  const taken = new Set(TAKEN);
  return places.flatMap(({ in: where, name, description = "", required, schema }) => {
    const flag = [`--${kebabCase(name)}`, `--${where}-${kebabCase(name)}`].find(
      // With `no-` before it, an option would be a negation.
      (each) => /^--[a-z](?:-?[a-z0-9])*$/.test(each) && !each.startsWith("--no-") && !taken.has(each),
    );
    // What no flag can be called is left to `--data`.
    if (flag === undefined) return [];
    taken.add(flag);
    return { flag, in: where, name, description, required, ...readingOf(document, schema) };
  });
}

function readingOf(document: Document, reference: Schema | Reference | undefined): Reading {
  const schema = simple(document, reference);
  if (typeName(schema) !== "array") return { list: false, ...itemOf(schema) };
  return { list: true, ...itemOf(simple(document, schema.items)) };
}

function itemOf(schema: AnySchema): Omit<Reading, "list"> {
  const values = schema.const === undefined ? schema.enum?.filter((value) => value !== null) : [schema.const];
  if (values?.every((value) => typeof value === "string")) return { type: "string", values };
  const type = typeName(schema);
  const isPlain = type === "string" || type === "integer" || type === "number" || type === "boolean";
  const isAnything = !type && !schema.enum && !schema.allOf && !schema.properties;
  return {
    type: isPlain ? type : isAnything ? "any" : "json",
    ...(values?.every((value) => typeof value === "number") && { values }),
  };
}

/** The type that a value has when it is not `null`: the first of several, so that what is allowed besides changes no command. */
function typeName({ type }: Schema): string | undefined {
  return [type ?? []].flat().find((each) => each !== "null");
}

/**
 * A schema without what stands around it: references, and an `allOf` of one. Of a choice it is the first that is not `null`, and
 * without a list of values if there are others.
 */
function simple(document: Document, reference: Schema | Reference | undefined): AnySchema {
  if (!reference) return {};
  const schema = resolve<AnySchema>(document, reference);
  if (schema.type !== undefined || schema.enum || schema.const !== undefined) return schema;
  const { allOf, anyOf, oneOf } = schema;
  const [only, another] = (allOf ?? anyOf ?? oneOf ?? []).filter(
    (part) => resolve<Schema>(document, part).type !== "null",
  );
  if (!only || (allOf && another)) return schema;
  const { enum: _, const: __, ...anyValue } = simple(document, only);
  return another ? anyValue : simple(document, only);
}
