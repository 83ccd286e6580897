import { relative } from "node:path";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
} from "@redocly/openapi-core";
import { checkDocument } from "./checks/index.ts";
import type { Document } from "./document.ts";
import { DocumentError, type Problem } from "./problem.ts";
import { plugin } from "./rules/index.ts";

/** What to do about a finding of one of Redocly's own rules. Those that are missing here explain themselves. */
const ADVICE: Readonly<Record<string, string>> = {
  "no-unresolved-refs": "Point the `$ref` at something that is there, or add what it names.",
  "operation-operationId-unique": "The operationId is the name of the client's method: give each operation its own.",
  "no-unused-components": "Use the component, or remove it.",
  struct: "Compare with OpenAPI 3.1: a key may be misspelt, misplaced or missing.",
};

const loadConfig = () =>
  createConfig({
    plugins: [plugin],
    extends: ["recommended-strict"],
    rules: {
      ...Object.fromEntries(Object.keys(plugin.rules.oas3).map((rule) => [`${plugin.id}/${rule}`, "error" as const])),
      // Ours covers it, and asks nothing of deliveries, which are no methods.
      "operation-operationId": "off",
    },
  });

/**
 * Reads an OpenAPI document, refuses it unless it is one that can be generated from, and bundles it, so that every `$ref` in
 * what is returned is local.
 *
 * @param file The path of the document.
 * @throws {DocumentError} With the place of every problem.
 */
export async function loadDocument(file: string): Promise<Document> {
  const name = relative(process.cwd(), file) || file;
  const config = await loadConfig();
  // Both read the same files, once.
  const source = { ref: file, config, externalRefResolver: new BaseResolver(config.resolve) };
  const found = await lint(source).catch((error: unknown) => {
    throw new DocumentError([unreadable(error, name)]);
  });
  const problems = found.filter(({ ignored }) => !ignored).map(toProblem);
  if (problems.length > 0) throw new DocumentError(problems);

  const { bundle: bundled } = await bundle(source);
  const document = bundled.parsed as Document;
  const findings = checkDocument(document);
  if (findings.length > 0) {
    throw new DocumentError(
      findings.map(({ rule, message, path }) => {
        const pointer = `#/${path.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
        const { start } = getLineColLocation({ source: bundled.source, pointer, reportOnKey: true });
        return { file: name, line: start.line, column: start.col, rule, message };
      }),
    );
  }
  return document;
}

function toProblem({ location: [location], ruleId, message, suggest }: NormalizedProblem): Problem {
  if (!location) return { file: "", line: 1, column: 1, rule: ruleId, message };
  const { start } = getLineColLocation(location);
  const advice = [
    ...(suggest.length > 0 ? [`Did you mean ${suggest.join(" or ")}?`] : []),
    ...(ADVICE[ruleId] ? [ADVICE[ruleId]] : []),
  ];
  return {
    file: relative(process.cwd(), location.source.absoluteRef),
    line: start.line,
    column: start.col,
    rule: ruleId.replace(`${plugin.id}/`, ""),
    message: [message, ...advice].join(" "),
  };
}

/** A document that could not be read at all: no such file, or no YAML. */
function unreadable(error: unknown, file: string): Problem {
  const { message, line, col } = error as Error & { line?: number; col?: number };
  if (line !== undefined)
    return { file, line, column: col ?? 1, rule: "yaml", message: `${message}. Mend the YAML at this place.` };
  return {
    file,
    line: 1,
    column: 1,
    rule: "readable",
    message: `${message}. Name an OpenAPI 3.1 document in YAML or JSON.`,
  };
}
