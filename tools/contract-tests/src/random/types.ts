import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  type Document,
  isAnnotation,
  isObject,
  mapSubschemas,
  type Schema,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { jsonType, type Place, placesOf, replaceAt } from "../mutations.ts";
import type { Body, BodyRequest } from "./validators.ts";

/** The keywords that no type expresses: how long, how many, how large, which form. */
const LIMITS = new Set([
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
]);

/** The other keywords that types express. */
const EXPRESSED = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "const",
  "discriminator",
  "enum",
  "items",
  "oneOf",
  "properties",
  "required",
  "type",
]);

/** The keywords whose schemas list some of the properties of a value. */
const PARTIAL = new Set(["allOf", "dependentSchemas", "else", "if", "not", "then"]);

/** Whether a type can accept exactly the values that the schema accepts, apart from the schema's limits. */
export function isExpressible(schema: Schema): boolean {
  let expressible = true;
  mapSubschemas(schema, (part) => {
    expressible &&= isExpressible(part);
    return part;
  });
  const {
    anyOf = [],
    oneOf = [],
    required = [],
    properties = {},
    additionalProperties,
  } = Object(schema) as SchemaObject;
  // The type of a map requires none of its names.
  if (isObject(additionalProperties) && required.some((name) => !(name in properties))) return false;
  // A literal may have properties of several members of a union, unless one of them tells the members apart. And so it may have
  // those of a member beside others.
  if (![anyOf, oneOf].every(areToldApart)) return false;
  const isBeside = Object.keys(properties).length > 0;
  if (isBeside && [...anyOf, ...oneOf].some((member) => isObject(member) && member.properties)) return false;
  const isKnown = (keyword: string): boolean => EXPRESSED.has(keyword) || LIMITS.has(keyword) || isAnnotation(keyword);
  return expressible && Object.keys(schema).every(isKnown);
}

function areToldApart(members: readonly Schema[]): boolean {
  const objects = members.flatMap((member) => (isObject(member) && member.properties ? [member.properties] : []));
  const constants = objects.map((properties) =>
    Object.keys(properties).filter((name) => isObject(properties[name]) && "const" in properties[name]),
  );
  return objects.length < 2 || (constants[0] ?? []).some((name) => constants.every((each) => each.includes(name)));
}

/**
 * A schema as types express it for a literal: without limits, with numbers for integers, and closed, since the compiler
 * refuses a property that an object's type does not list.
 *
 * @param close Whether to close the schema itself: parts of an `allOf`, for one, list the properties only together.
 */
export function asTypesSay(schema: Schema, close = true): Schema {
  const said = mapSubschemas(schema, (part, keyword) => asTypesSay(part, !PARTIAL.has(keyword)));
  if (typeof said === "boolean") return said;
  const { type, oneOf, patternProperties, ...rest } = said;
  // A type knows no patterns of names.
  const isMap = patternProperties !== undefined && !rest.properties && rest.additionalProperties === undefined;
  const types = [type ?? []].flat().map((each) => (each === "integer" ? "number" : each));
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([keyword]) => !LIMITS.has(keyword))),
    ...(type === undefined ? {} : { type: types }),
    ...(isMap ? { additionalProperties: { anyOf: Object.values(patternProperties) } } : {}),
    ...(patternProperties && !isMap ? { patternProperties } : {}),
    // A union accepts what any of its members accepts.
    ...(oneOf === undefined ? {} : { anyOf: oneOf }),
    ...(close && isOpen(schema) ? { unevaluatedProperties: false } : {}),
  };
}

function isOpen(schema: Schema): boolean {
  const isClosed = isObject(schema) && ("additionalProperties" in schema || "unevaluatedProperties" in schema);
  return !isClosed && listsProperties(schema);
}

function listsProperties(schema: Schema): boolean {
  return typeof schema === "object" && ("properties" in schema || (schema.allOf ?? []).some(listsProperties));
}

/** A document with `asTypesSay` of its schemas, for those that hold themselves. */
export function documentAsTypesSay(document: Document): Document {
  const schemas = Object.entries(document.components?.schemas ?? {});
  const said = Object.fromEntries(schemas.map(([name, schema]) => [name, asTypesSay(schema)]));
  return { ...document, components: { ...document.components, schemas: said } };
}

/** Bodies of one request, for the compiler. */
export interface BodiesOf {
  readonly request: BodyRequest;
  readonly bodies: readonly Body[];
}

export interface Compilation {
  /** Whether a body compiles, for each. */
  readonly compiles: readonly boolean[];
  /** The texts and the names of properties that the types list, as the errors show them. */
  readonly words: readonly string[];
}

/**
 * Asks TypeScript about bodies of many requests in one run of `tsc`. Each is written out as the argument of a call of the client.
 *
 * @param folder A folder in which programs find `@mindbridge-sdk/client`. The program stays there.
 * @param declarations The generated declarations of the document's schemas.
 */
export async function compile(
  all: readonly BodiesOf[],
  folder: string,
  declarations: string,
): Promise<readonly Compilation[]> {
  const head = ['import type { MindBridge } from "@mindbridge-sdk/client";', "declare const client: MindBridge;"];
  const calls = all.flatMap(({ request: { operation, pathParameters }, bodies }) =>
    bodies.map(({ value }) => {
      const given = [...pathParameters, value].map((each) => literal(each));
      return `client.${operation}(${given.join(", ")}, {} as never);`;
    }),
  );
  await writeFile(join(folder, PROGRAM), `${[...head, ...calls].join("\n")}\n`);
  /** The errors of each call, by its index. */
  const errors = new Map<number, string>();
  for (const text of (await tsc(folder)).split(ERROR)) {
    const [, line, code, message] = PARTS.exec(text) ?? [];
    if (line === undefined) continue;
    const index = Number(line) - head.length - 1;
    // Errors below 2,000 are of the grammar. With one, the compiler checks no types.
    if (index < 0 || Number(code) < 2_000) throw new Error(`The program itself is wrong in line ${line}: ${message}`);
    errors.set(index, `${errors.get(index) ?? ""}${text}`);
  }
  let next = 0;
  return all.map(({ bodies }) => {
    const first = next;
    next += bodies.length;
    const own = bodies.map((_, index) => errors.get(first + index));
    return { compiles: own.map((each) => each === undefined), words: wordsIn(own.join("\n"), declarations) };
  });
}

function wordsIn(output: string, declarations: string): string[] {
  // A type that is found goes to the end, so that its own names are looked up too. Names that are no types have no declaration.
  const types = new Set([...output.matchAll(EXPECTED)].map(([, type = ""]) => type));
  for (const type of types)
    for (const [name] of type.matchAll(/\b[A-Z]\w*/g))
      for (const [, declared = ""] of declarations.matchAll(new RegExp(`^export type ${name} = (.*?);$`, "gms")))
        types.add(declared.replaceAll(/\/\*\*.*?\*\//gs, ""));
  const words = [...types].flatMap((type) => [...type.matchAll(WORD)].map(([, text, name]) => text ?? name ?? ""));
  return [...new Set(words)];
}

/** An expected type in a message of the compiler, and the texts and names in it. */
const EXPECTED = /(?:not assignable to (?:parameter of )?|required in )type '(.*)'\.$/gm;
const WORD = /"([^"]+)"|(\w+)\??:/g;

const PROGRAM = "bodies.ts";
/** Before each error. */
const ERROR = /^(?=bodies\.ts\()/m;
const PARTS = /^bodies\.ts\((\d+),\d+\): error TS(\d+): (.*)$/m;

/** A value as an expression in one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const properties = Object.entries(value).map(([name, inner]) => {
      // Without brackets it would set the prototype.
      const key = name === "__proto__" ? '["__proto__"]' : literal(name);
      return `${key}: ${literal(inner)}`;
    });
    return `{ ${properties.join(", ")} }`;
  }
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The output of the compiler about the program. */
function tsc(folder: string): Promise<string> {
  const command = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--pretty",
    "false",
    "--noErrorTruncation",
  ];
  const target = ["--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom", "--allowImportingTsExtensions"];
  const all = [command, ...options, ...target, PROGRAM];
  return new Promise((done, fail) => {
    execFile(process.execPath, all, { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const others = stdout.split("\n").filter((line) => line.includes("error TS") && !line.startsWith(`${PROGRAM}(`));
      // An exit code says that there are errors, and there should be.
      const failed = error !== null && typeof error.code !== "number";
      if (failed || others.length > 0 || stderr !== "") {
        fail(new Error(`tsc could not check the bodies: ${others.join("\n") || stderr || error?.message}`));
      } else {
        done(stdout);
      }
    });
  });
}

/** The longest body to probe with, in characters: a long one costs more than it shows. */
const LONGEST_SAMPLE = 500;

/** The body that shows the most places, of those that are short. */
export function sampleOf(bodies: readonly Body[]): Body | undefined {
  const byLength = bodies.toSorted((one, other) => one.text.length - other.text.length);
  const short = byLength.filter(({ text }) => text.length <= LONGEST_SAMPLE);
  const [best] = (short.length > 0 ? short : byLength.slice(0, 1))
    .map((body) => ({ body, places: kindsOfPlaces(body.value).length }))
    .toSorted((one, other) => other.places - one.places);
  return best?.body;
}

/** Copies of a body in which one of the words stands in place of a text, or is the name of a further property. */
export function withWords(body: unknown, words: readonly string[]): unknown[] {
  const places = kindsOfPlaces(body);
  return words.flatMap((word) =>
    places.flatMap(({ path, value }) => {
      if (typeof value === "string") return [replaceAt(body, path, word)];
      if (!isObject(value) || word in value) return [];
      return ["text", 1, true, [], {}, null].map((each) => replaceAt(body, path, { ...value, [word]: each }));
    }),
  );
}

/** The places of a body. Of the items of a list only the first of each type: the others have the same schema. */
function kindsOfPlaces(body: unknown): Place[] {
  const kinds = new Map<string, Place>();
  for (const place of placesOf(body)) {
    const path = place.path.map((key) => (/^\d+$/.test(key) ? "*" : key));
    const kind = JSON.stringify([path, jsonType(place.value)]);
    if (!kinds.has(kind)) kinds.set(kind, place);
  }
  return [...kinds.values()];
}
