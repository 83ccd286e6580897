import {
  allOfParts,
  below,
  childrenOf,
  type Document,
  exchangesOf,
  follow,
  isJson,
  isObject,
  keysOf,
  type Located,
  pointerOf,
  type Root,
  rootsOf,
  type Schema,
  schemaName,
  typesOf,
  valueAt,
} from "@mindbridge-sdk/openapi";
import type { Problem } from "../../../packages/contract/src/validation/validator.ts";
import type { Finding } from "./check-schemas.ts";
import { evaluate } from "./evaluate.ts";
import { typeNameOf } from "./names.ts";
import { normalize } from "./normalize.ts";

/**
 * Finds the examples and the values of `default` that break their schemas. The generated constants have the types of the schemas, and
 * would not compile.
 */
export function checkExamples(source: Document): Finding[] {
  const { document, undivided } = normalize(source);
  /** By place and message. An example that several operations share is checked for each of them, since their schemas may differ. */
  const findings = new Map<string, Finding>();

  const check = (example: Located, of: Document, schema: Schema): void => {
    const { violations, unlisted } = evaluate(of, schema, example.value);
    const report = (at: string, message: string): void => {
      const pointer = existing(source, `${example.pointer}${at}`);
      findings.set(`${pointer} ${message}`, { rule: "examples", message, pointer });
    };
    for (const problem of [...violations, ...untyped(of, schema, example.value)]) {
      const expected = expectation(problem, example.value);
      report(problem.pointer, `The example breaks its schema: expected ${expected}. Correct one of the two.`);
    }
    const places = unlisted.map(({ pointer }) => `\`${pointer}\``);
    if (unlisted[0]) {
      const message = `The schema of the example does not list ${places.join(", ")}. Describe it, or leave it out.`;
      report(unlisted[0].pointer, message);
    }
  };

  const checkDefault = ({ value, pointer }: Located, schema: Schema): void => {
    const [problem] = evaluate(undivided, schema, value).violations;
    if (problem === undefined) return;
    const message = `The default breaks its schema: expected ${expectation(problem, value)}. Correct one of the two.`;
    findings.set(`${pointer} ${message}`, { rule: "defaults", message, pointer });
  };

  for (const [root, pointer] of rootsBeside(document, source)) {
    const holder = pointer.slice(0, -"/schema".length);
    for (const example of examplesAt(source, holder))
      if (!isText(document, root, example)) check(example, document, root.schema.value);
  }

  const names = new Map(Object.keys(source.components?.schemas ?? {}).map((name) => [typeNameOf(name), name]));
  const seen = new Set<string>();
  const visit = (schema: Located<Schema>): void => {
    if (typeof schema.value === "boolean") return;
    const list = below(schema, "examples");
    const examples = [below(schema, "example"), ...Object.keys(list.value ?? {}).map((index) => below(list, index))];
    for (const example of examples) if (example.value !== undefined) check(example, undivided, schema.value);
    const usual = below(schema, "default");
    if (usual.value !== undefined) checkDefault(usual, schema.value);
    for (const child of childrenOf(schema)) visit(child);
    const name = schemaName(schema.value);
    if (name === undefined || seen.has(name)) return;
    seen.add(name);
    visit({
      value: undivided.components?.schemas?.[name] ?? true,
      pointer: pointerOf(["components", "schemas", names.get(name) ?? name]),
    });
  };
  for (const [root, pointer] of rootsBeside(undivided, source)) visit({ value: root.schema.value, pointer });
  return [...findings.values()];
}

/** The keys whose value has parts by names: a response may be called `default`, and a property `example`. */
const NAMED =
  `callbacks content dependentSchemas encoding headers links parameters pathItems paths patternProperties properties
  requestBodies responses schemas securitySchemes variables webhooks $defs`.split(/\s+/);

/** Finds values with a property `$ref`: Prism, and whatever else resolves the references of a document, takes it for one. */
export function checkReferencesInValues(document: Document): Finding[] {
  const findings: Finding[] = [];
  const message =
    "The mock takes each property `$ref` for a reference, also in an example or another value. Leave it out here: the schema may have it.";
  const visitValue = ({ value, pointer }: Located): void => {
    if (isObject(value) && typeof value.$ref === "string")
      findings.push({ rule: "examples", message, pointer: `${pointer}/$ref` });
    for (const key of Object.keys(Object(value))) visitValue(below({ value, pointer }, key));
  };
  const visitAll = (part: Located): void => {
    for (const key of Object.keys(Object(part.value))) visit(below(part, key));
  };
  const visit = (part: Located): void => {
    if (Array.isArray(part.value)) visitAll(part);
    for (const key of isObject(part.value) ? Object.keys(part.value) : []) {
      const inside = below(part, key);
      if (["const", "default", "enum", "example"].includes(key)) visitValue(inside);
      else if (key === "examples" && Array.isArray(inside.value)) visitValue(inside);
      else if (key === "examples")
        for (const name of Object.keys(Object(inside.value))) visitValue(below(inside, name, "value"));
      else if (NAMED.includes(key)) visitAll(inside);
      else if (!key.startsWith("x-")) visit(inside);
    }
  };
  visit({ value: document, pointer: "#" });
  return findings;
}

/** The roots of a normalized document, and where the source has the schema of each. */
export function rootsBeside(document: Document, source: Document): [Root, pointer: string][] {
  const keyOf = ({ kind, name, status, mediaType }: Root): string => [kind, name, status, mediaType].join("\n");
  const sources = exchangesOf(source);
  return exchangesOf(document).flatMap((exchange, index) => {
    const own = sources[index];
    const pointers = new Map(own && rootsOf(source, own).map((root) => [keyOf(root), root.schema.pointer]));
    return rootsOf(document, exchange).flatMap((root): [Root, string][] => {
      const pointer = pointers.get(keyOf(root));
      return pointer === undefined || root.kind === "header" ? [] : [[root, pointer]];
    });
  });
}

/** Whether an example is the text of what JSON cannot say, such as an object in XML: OpenAPI has it written as a string. */
function isText(document: Document, { mediaType, schema }: Root, { value }: Located): boolean {
  const isOther = mediaType !== undefined && !isJson(mediaType);
  return isOther && typeof value === "string" && !typesOf(document, schema.value).has("string");
}

/** The examples of a parameter or a media type, where their values stand. */
export function examplesAt(source: Document, pointer: string): Located[] {
  const holder = { value: valueAt(source, pointer), pointer };
  const single = below(holder, "example");
  const named = Object.keys(below(holder, "examples").value ?? {}).map((name) =>
    below(follow(source, below(holder, "examples", name)), "value"),
  );
  return [single, ...named].filter(({ value }) => value !== undefined);
}

/** A schema with properties and without a type allows other values, too. Its type is that of an object. */
function untyped(document: Document, schema: Schema, value: unknown): Problem[] {
  if (isObject(value)) return [];
  const parts = allOfParts(document, schema).map((part) => part.value);
  const isMeant = parts.some(({ properties }) => properties) && parts.every(({ type }) => type === undefined);
  return isMeant ? [{ pointer: "", keyword: "type", expected: "the type object" }] : [];
}

/** Such as ``the type string at `/name`, and not 12``. */
function expectation({ pointer, expected }: Problem, example: unknown): string {
  const found = valueAt(example, pointer);
  const isShown = found !== undefined && !isObject(found) && !Array.isArray(found) && !expected.startsWith("no ");
  return `${expected}${pointer === "" ? "" : ` at \`${pointer}\``}${isShown ? `, and not ${JSON.stringify(found)}` : ""}`;
}

/** A pointer, or that of what is nearest around it in the document. */
function existing(document: Document, pointer: string): string {
  const keys = keysOf(pointer);
  while (keys.length > 0 && valueAt(document, pointerOf(keys)) === undefined) keys.pop();
  return pointerOf(keys);
}
