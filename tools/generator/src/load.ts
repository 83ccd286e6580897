import { relative } from "node:path";
import {
  below,
  type Document,
  isObject,
  isReference,
  keysOf,
  type Located,
  pointerOf,
  valueAt,
} from "@mindbridge-sdk/openapi";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
  parseYaml,
} from "@redocly/openapi-core";
import { nearest } from "../../../packages/cli/src/nearest.ts";
import { checkDocument } from "./checks.ts";
import { withoutIgnored } from "./ignore.ts";
import { findOrigins } from "./origins.ts";
import { DocumentError, type Problem } from "./problem.ts";
import { plugin, STYLE } from "./rules.ts";

/** What to do about a finding of one of Redocly's own rules. The messages of the other rules say it themselves. */
const ADVICE: Readonly<Record<string, string>> = {
  "no-unresolved-refs": "Point the `$ref` at something that is there, or add what it names.",
  "operation-2xx-response":
    "The method resolves with what a success brings. The client follows no redirect: it throws a `RedirectError`.",
  "operation-operationId-unique": "The operationId is the name of the client's method: give each operation its own.",
  "no-unused-components": "Use the component, or remove it.",
  "no-enum-type-mismatch": 'Correct the value, or add its type: `type: [string, "null"]`.',
  "security-defined":
    "Name a scheme of `components/securitySchemes` in the `security` of the operation or of the document, such as `- bearer: []`; `security: []` for an operation that takes no token.",
  struct: "Compare with OpenAPI 3.1: a key may be misspelt, misplaced or missing.",
};

/** What to write in OpenAPI 3.1 in place of a keyword of an older version, or of a keyword that is nearly right. */
const NEWER: Readonly<Record<string, string>> = {
  collectionFormat: "OpenAPI 3.1 says it by `style` and `explode`.",
  dependencies: "JSON Schema 2020-12 calls it `dependentRequired` (lists of names) and `dependentSchemas`.",
  exclusiveMaximum: "It is the limit itself, in place of `maximum`: `exclusiveMaximum: 100`.",
  exclusiveMinimum: "It is the limit itself, in place of `minimum`: `exclusiveMinimum: 0`.",
  "items[]": "JSON Schema 2020-12 calls the list of the schemas of single items `prefixItems`.",
  nullable:
    'OpenAPI 3.1 says it by the type: `type: [string, "null"]`, or `anyOf` with `type: "null"` as a member where there is a `$ref`.',
  ref: "A reference is a `$ref`.",
};

/** Redocly's rules on examples. They compile each schema, and pass over parts of an `allOf`: a check of ours stands in their place. */
const REPLACED = ["no-invalid-media-type-examples", "no-invalid-parameter-examples", "no-invalid-schema-examples"];

/** Rules of Redocly on style that would refuse a document: what breaks them works all the same. */
const ADVISORY = ["no-path-trailing-slash", "operation-operationId-url-safe", "operation-summary"];

const loadConfig = () =>
  createConfig({
    plugins: [plugin],
    extends: ["recommended"],
    rules: {
      "no-unsafe-markdown": "error",
      ...Object.fromEntries(REPLACED.map((rule) => [rule, "off" as const])),
      ...Object.fromEntries(ADVISORY.map((rule) => [rule, "warn" as const])),
      ...Object.fromEntries(
        Object.keys(plugin.rules.oas3).map((rule) => [`${plugin.id}/${rule}`, STYLE.has(rule) ? "warn" : "error"]),
      ),
      // Our own rule covers operations. Deliveries need no name, since they are no methods.
      "operation-operationId": "off",
      // Our own rule refuses what would be lost, once for each object.
      "spec-ref-siblings": "off",
      // Our own check knows what the other parts of an `allOf` describe.
      "no-required-schema-properties-undefined": "off",
    },
  });

/**
 * Reads and lints an OpenAPI document, and makes every `$ref` in it a local one.
 *
 * @param file The path of the document.
 * @param warn Called with each problem of style, which is none for the generator.
 * @throws {DocumentError} if the document has other problems. It lists all of them, each with its place.
 */
export async function loadDocument(file: string, warn: (problem: Problem) => void = () => {}): Promise<Document> {
  const name = relative(process.cwd(), file) || file;
  const config = await loadConfig();
  // With one resolver, each file is read once.
  const resolver = new BaseResolver(config.resolve);
  const source = { ref: file, config, externalRefResolver: resolver };
  const found = await lint(source).catch(async (error: unknown) => {
    const loops = String(error).includes("circular") ? await referenceLoops(source, name) : [];
    throw new DocumentError(loops.length > 0 ? loops : [unreadable(error, name)]);
  });
  const linted = withoutConsequences(found.filter((each) => !isOfMapping(each))).map(toProblem);
  const errors = withoutIgnored(file, linted).filter(({ severity, rule }) => severity === "error" && rule !== "ignore");
  // In a document of another version, the other problems may be none.
  const version = errors.filter(({ rule }) => rule === "openapi-version");
  if (errors.length > 0) throw new DocumentError(version.length > 0 ? version : errors);

  const read = await resolver.resolveDocument<Document>(null, file, true);
  if (read instanceof Error) throw read;
  const isWhole = resolver.getFiles().size === 1 && hasLocalReferences(read.parsed);
  const document = isWhole ? read.parsed : ((await bundle(source)).bundle.parsed as Document);
  const findings = checkDocument(document);
  const originOf =
    isWhole || findings.length === 0
      ? (pointer: string) => ({ source: read.source, pointer })
      : await findOrigins(document, file, resolver);
  const checked = findings.map((finding): Problem => {
    const origin = originOf(finding.pointer);
    const { start } = getLineColLocation({ ...origin, reportOnKey: true });
    const path = relative(process.cwd(), origin.source.absoluteRef);
    return {
      severity: "error",
      ...finding,
      file: path,
      line: start.line,
      column: start.col,
      pointer: origin.pointer,
    };
  });
  const problems = withoutIgnored(file, [...linted, ...checked]);
  const refusals = problems.filter(({ severity }) => severity === "error");
  if (refusals.length > 0) throw new DocumentError(refusals);
  for (const problem of problems) warn(problem);
  return document;
}

/** Redocly takes a name in a `mapping` for that of a file. A check of ours looks at what it leads to. */
function isOfMapping({ ruleId, location: [location] }: NormalizedProblem): boolean {
  return ruleId === "no-unresolved-refs" && /\/discriminator\/mapping\/[^/]+$/.test(location?.pointer ?? "");
}

/** Whether each `$ref` leads to a place in the document. */
function hasLocalReferences(document: Document): boolean {
  return !/"\$ref":"[^#]/.test(JSON.stringify(document));
}

/** The problems without those that only follow from a malformed parameter: to the rules, it is no parameter. */
function withoutConsequences(problems: readonly NormalizedProblem[]): NormalizedProblem[] {
  const isMalformed = problems.some(
    ({ ruleId, location: [location] }) => ruleId === "struct" && location?.pointer?.includes("/parameters/"),
  );
  return problems.filter(({ ruleId }) => !(isMalformed && ruleId === "path-parameters-defined"));
}

function toProblem({ location: [location], ruleId, message, suggest, severity: level }: NormalizedProblem): Problem {
  const severity = level === "warn" ? "warning" : "error";
  if (!location) return { file: "", line: 1, column: 1, pointer: "#", rule: ruleId, severity, message };
  const { start } = getLineColLocation(location);
  const key = `${location.pointer?.split("/").at(-1)}${message.endsWith("`array`") ? "[]" : ""}`;
  const newer = ruleId === "struct" ? NEWER[key] : undefined;
  const advised = newer ?? ADVICE[ruleId];
  const advice = [
    ...(suggest.length > 0 && newer === undefined ? [`Did you mean ${suggest.join(" or ")}?`] : []),
    ...(advised ? [advised] : []),
  ];
  return {
    file: relative(process.cwd(), location.source.absoluteRef),
    line: start.line,
    column: start.col,
    pointer: ruleId === "operation-operationId-unique" ? operationIdAt(location) : (location.pointer ?? "#"),
    severity,
    rule: ruleId.replace(`${plugin.id}/`, ""),
    message: [ruleId === "no-unresolved-refs" ? unresolved(location, message) : sentence(message), ...advice].join(" "),
  };
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** Redocly takes the value of the `operationId` for its key. */
function operationIdAt({ pointer = "#" }: NormalizedProblem["location"][number]): string {
  return pointerOf([...keysOf(pointer).slice(0, -1), "operationId"]);
}

/** Which `$ref` leads nowhere, and the name that was probably meant. */
function unresolved({ source, pointer = "#" }: NormalizedProblem["location"][number], message: string): string {
  const document = parseYaml(source.body);
  const reference = valueAt(document, pointer);
  if (!isReference(reference)) return `${message}.`;
  const keys = keysOf(reference.$ref);
  const beside = valueAt(document, pointerOf(keys.slice(0, -1)));
  const meant = nearest(keys.at(-1) ?? "", isObject(beside) ? Object.keys(beside) : []);
  return `Nothing is at \`${reference.$ref}\`.${meant === undefined ? "" : ` Did you mean \`${meant}\`?`}`;
}

/** The references that lead to nothing but references. The linter throws at them, and does not say where they are. */
async function referenceLoops(
  { ref, externalRefResolver }: { readonly ref: string; readonly externalRefResolver: BaseResolver },
  file: string,
): Promise<Problem[]> {
  const read = await externalRefResolver.resolveDocument(null, ref, true);
  if (read instanceof Error) return [];
  const { parsed, source } = read;
  const loops: string[] = [];
  const visit = (part: Located): void => {
    if (!isObject(part.value) && !Array.isArray(part.value)) return;
    const passed = new Set<string>();
    for (
      let value: unknown = part.value;
      isReference(value) && !passed.has(value.$ref);
      value = valueAt(parsed, value.$ref)
    ) {
      passed.add(value.$ref);
    }
    if (passed.has(part.pointer)) loops.push(below(part, "$ref").pointer);
    for (const key of Object.keys(part.value)) visit(below(part, key));
  };
  visit({ value: parsed, pointer: "#" });
  return loops.map((pointer) => {
    const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
    const message = "The `$ref` leads back to itself. Point it at what it stands for.";
    return {
      file,
      line: start.line,
      column: start.col,
      pointer,
      rule: "no-unresolved-refs",
      severity: "error",
      message,
    };
  });
}

/** The problem of a document that does not exist, or is no YAML. */
function unreadable(error: unknown, file: string): Problem {
  const { message, line, col = 1 } = error as Error & { line?: number; col?: number };
  const unplaced = { pointer: "#", severity: "error" } as const;
  return line === undefined
    ? {
        ...unplaced,
        file,
        line: 1,
        column: 1,
        rule: "readable",
        message: `${message}. Name an OpenAPI 3.1 document in YAML or JSON.`,
      }
    : { ...unplaced, file, line, column: col, rule: "yaml", message: `${message}. Correct the YAML at this place.` };
}
