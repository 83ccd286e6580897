import { relative } from "node:path";
import type { Document } from "@mindbridge-sdk/openapi";
import {
  BaseResolver,
  bundle,
  createConfig,
  getLineColLocation,
  lint,
  type NormalizedProblem,
} from "@redocly/openapi-core";
import { checkDocument } from "./checks.ts";
import { plugin } from "./rules.ts";

/** A problem of the document, and its place. */
export interface Problem {
  readonly file: string;
  /** 1 is the first line. */
  readonly line: number;
  /** 1 is the first column. */
  readonly column: number;
  /** The name of the rule that found it. */
  readonly rule: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Thrown if a document has problems. The message has a line for each. */
export class DocumentError extends Error {
  static {
    DocumentError.prototype.name = "DocumentError";
  }
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(
      ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule}: ${message}`,
    );
    super(`The OpenAPI document has ${problems.length} problem(s). Nothing was written.\n${lines.join("\n")}`);
    this.problems = problems;
  }
}

/** What to do about a finding of one of Redocly's own rules. The messages of the other rules say it themselves. */
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
      // Our own rule covers operations. Deliveries need no name, since they are no methods.
      "operation-operationId": "off",
    },
  });

/**
 * Reads and lints an OpenAPI document, and makes every `$ref` in it a local one.
 *
 * @param file The path of the document.
 * @throws {DocumentError} if the document has problems. It lists all of them, each with its place.
 */
export async function loadDocument(file: string): Promise<Document> {
  const name = relative(process.cwd(), file) || file;
  const config = await loadConfig();
  // With one resolver, `lint` and `bundle` read each file once.
  const source = { ref: file, config, externalRefResolver: new BaseResolver(config.resolve) };
  const found = await lint(source).catch((error: unknown) => {
    throw new DocumentError([unreadable(error, name)]);
  });
  const problems = found.filter(({ ignored }) => !ignored).map(toProblem);
  // In a document of another version, the other problems may be none.
  const version = problems.filter(({ rule }) => rule === "openapi-version");
  if (problems.length > 0) throw new DocumentError(version.length > 0 ? version : problems);

  const { bundle: bundled } = await bundle(source);
  const document = bundled.parsed as Document;
  const findings = checkDocument(document);
  if (findings.length > 0) {
    throw new DocumentError(
      findings.map(({ rule, message, pointer }) => {
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

/** The problem of a document that does not exist, or is no YAML. */
function unreadable(error: unknown, file: string): Problem {
  const { message, line, col = 1 } = error as Error & { line?: number; col?: number };
  return line === undefined
    ? {
        file,
        line: 1,
        column: 1,
        rule: "readable",
        message: `${message}. Name an OpenAPI 3.1 document in YAML or JSON.`,
      }
    : { file, line, column: col, rule: "yaml", message: `${message}. Correct the YAML at this place.` };
}
