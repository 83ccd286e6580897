import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Document } from "../document.ts";
import type { Schema } from "../schema.ts";
import type { Body } from "./judges.ts";
import type { BodyRequest } from "./requests.ts";

/** What a type cannot say: how long, how many, how large, which form. */
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

const INNER = new Set(["items", "additionalProperties", "unevaluatedProperties"]);

/**
 * A schema as types can say it of a literal: without limits, with numbers for integers, and closed, since the compiler
 * refuses a property that an object's type does not list.
 *
 * @param close Whether to close the schema itself; parts of an `allOf` list the properties only together.
 */
export function asTypesSay(schema: Schema, close = true): Schema {
  if (typeof schema === "boolean") return schema;
  const said: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (LIMITS.has(keyword)) continue;
    if (keyword === "type") said.type = [value].flat().map((type) => (type === "integer" ? "number" : type));
    else if (keyword === "properties") said[keyword] = mapValues(value as Readonly<Record<string, Schema>>);
    // A union takes what any of its members takes.
    else if (keyword === "anyOf" || keyword === "oneOf")
      said.anyOf = (value as Schema[]).map((part) => asTypesSay(part));
    else if (keyword === "allOf") said.allOf = (value as Schema[]).map((part) => asTypesSay(part, false));
    else if (INNER.has(keyword)) said[keyword] = asTypesSay(value as Schema);
    else said[keyword] = value;
  }
  const isOpen = !("additionalProperties" in schema || "unevaluatedProperties" in schema);
  return close && isOpen && listsProperties(schema) ? { ...said, unevaluatedProperties: false } : said;
}

function listsProperties(schema: Schema): boolean {
  return typeof schema === "object" && ("properties" in schema || (schema.allOf ?? []).some(listsProperties));
}

function mapValues(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, asTypesSay(schema)]));
}

/** The same document, with `asTypesSay` of its schemas, for those that hold themselves. */
export function documentAsTypesSay(document: Document): Document {
  return {
    ...document,
    components: { ...document.components, schemas: mapValues(document.components?.schemas ?? {}) },
  };
}

export interface Compilation {
  /** Whether a body compiles, for each. */
  readonly compiles: readonly boolean[];
  /** The texts and the names of properties that the types list, as the errors show them. */
  readonly words: readonly string[];
}

/**
 * Asks TypeScript about bodies, each written out as the argument of a call of the client, in one run of `tsc`.
 *
 * @param folder Where `@mindbridge-sdk/client` is found; the program is left there.
 */
export async function compile(request: BodyRequest, bodies: readonly Body[], folder: string): Promise<Compilation> {
  const head = ['import type { MindBridge } from "@mindbridge-sdk/client";', "declare const client: MindBridge;"];
  const parameters = request.pathParameters.map((value) => literal(value));
  const calls = bodies.map(
    ({ value }) => `client.${request.operation}(${[...parameters, literal(value)].join(", ")});`,
  );
  await writeFile(join(folder, PROGRAM), `${[...head, ...calls].join("\n")}\n`);
  const refused = new Set<number>();
  const output = await tsc(folder);
  for (const [, line, code, message] of output.matchAll(ERROR)) {
    const index = Number(line) - head.length - 1;
    // Errors below 2,000 are of the grammar, and keep the types from being looked at.
    if (index < 0 || Number(code) < 2_000) throw new Error(`The program itself is wrong in line ${line}: ${message}`);
    refused.add(index);
  }
  const types = [...output.matchAll(EXPECTED)].map(([, type = ""]) => type);
  const words = [...new Set(types)].flatMap((type) =>
    [...type.matchAll(WORD)].map(([, text, name]) => text ?? name ?? ""),
  );
  return { compiles: bodies.map((_, index) => !refused.has(index)), words: [...new Set(words)] };
}

/** The type that something should have had, in the words of the compiler, and the texts and names in it. */
const EXPECTED = /(?:not assignable to (?:parameter of )?|required in )type '(.*)'\.$/gm;
const WORD = /"([^"]+)"|(\w+)\??:/g;

const PROGRAM = "bodies.ts";
const ERROR = /^bodies\.ts\((\d+),\d+\): error TS(\d+): (.*)$/gm;

/** A value as a program says it: each on one line, and every property as its own. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const properties = Object.entries(value).map(([name, inner]) => {
      // Written without brackets, it would be the prototype.
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

/** What the compiler prints about the program. */
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
      // An exit code above zero says that there are errors, as there should be.
      const failed = error !== null && typeof error.code !== "number";
      if (failed || others.length > 0 || stderr !== "") {
        fail(new Error(`tsc could not check the bodies: ${others.join("\n") || stderr || error?.message}`));
      } else {
        done(stdout);
      }
    });
  });
}
