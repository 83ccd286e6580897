import {
  EMITTERS,
  type GeneratedFiles,
  generateFrom,
  readModel,
  validatedBodies,
  validators,
} from "@mindbridge-sdk/generator";
import { type Document, edited, readDocument } from "@mindbridge-sdk/openapi";
import { CORPUS, MISSING } from "@mindbridge-sdk/openapi/corpus";
import { type Change, isAtLeast, type Level } from "../../src/compare/change.ts";
import { compareDocuments } from "../../src/compare/compare-documents.ts";
import { DOCUMENT } from "../repository.ts";
import { askCompiler, levelOf, type Verdict } from "./compiler.ts";
import { randomlyChanged } from "./random-changes.ts";

/** Keywords of which types show nothing, or not everything: only a server or a validator does. */
const UNSEEN: ReadonlySet<string> = new Set([
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "pattern",
  "format",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "dependentRequired",
  "dependentSchemas",
  // Types accept fields that are not named, say `readonly` of fields alone, and know no `writeOnly`.
  "additionalProperties",
  "unevaluatedProperties",
  "readOnly",
  "writeOnly",
  // Code is written for the body that a delivery has, and receivers read one media type.
  "content",
  "requestBody",
  "allowEmptyValue",
  "command",
  "default",
  "deprecated",
  "security",
  "style",
  "url",
  "x-pagination",
  "x-pattern",
]);

/** A change on which the comparison and the compiler disagree. */
export interface Disagreement {
  readonly title: string;
  readonly found: Level;
  readonly compiler: Level;
  readonly changes: readonly Change[];
  readonly verdicts: readonly Verdict[];
}

/** What disagreed of some changes, and how many were asked about. Both ways count: made, and undone. */
export interface Findings {
  readonly asked: number;
  /** What the generator cannot generate from. */
  readonly refused: readonly string[];
  /** The comparison says less than the compiler. */
  readonly below: readonly Disagreement[];
  /** The comparison says more than the compiler, by a keyword that types could show. */
  readonly above: readonly Disagreement[];
}

/** The document that the changes are made to. */
export const base = edited(await readDocument(DOCUMENT), MISSING);
const generated = await generatedFrom(base);

/** The documents that follow from the single changes of the table, by title. */
export function singleChanges(): [title: string, document: Document][] {
  return Object.entries(CORPUS).flatMap(([kind, changes]) =>
    changes
      .filter(({ made }) => made)
      .map(({ title, edits }): [string, Document] => [`${kind}: ${title}`, edited(base, edits)]),
  );
}

/** A document for each seed, with one to three random changes. */
export function randomChanges(seeds: Iterable<number>): [title: string, document: Document][] {
  return Array.from(seeds, (seed) => {
    const { document, steps } = randomlyChanged(base, seed);
    return [`seed ${seed}: ${steps.join("; ")}`, document];
  });
}

/** Compares the document with each of these, both ways, and asks the compiler about the types that are generated from them. */
export async function consult(changed: readonly (readonly [title: string, document: Document])[]): Promise<Findings> {
  const findings = { asked: 0, refused: [] as string[], below: [] as Disagreement[], above: [] as Disagreement[] };
  for (const [title, document] of changed) {
    const files = await generatedFrom(document).catch(() => undefined);
    if (files === undefined) {
      findings.refused.push(title);
      continue;
    }
    const { made, undone } = askCompiler(generated, files);
    for (const [name, from, to, verdicts] of [
      [title, base, document, made],
      [`${title} (undone)`, document, base, undone],
    ] as const) {
      findings.asked += 1;
      const { level: found, changes } = compareDocuments(from, to);
      const compiler = levelOf(verdicts);
      const disagreement = { title: name, found, compiler, changes, verdicts };
      if (!isAtLeast(found, compiler)) findings.below.push(disagreement);
      // A patch is something to read, which no type shows.
      else if (found !== compiler && found !== "patch" && !isUnseen(changes, compiler))
        findings.above.push(disagreement);
    }
  }
  return findings;
}

/** Whether a change that counts for more than the compiler says is one that types cannot show. */
function isUnseen(changes: readonly Change[], compiler: Level): boolean {
  return changes.some(
    ({ level, keyword, what }) =>
      !isAtLeast(compiler, level) &&
      level !== "patch" &&
      (UNSEEN.has(keyword) || UNSEEN_CASES.some((each) => each.test(what))),
  );
}

/**
 * TypeScript has one type for both kinds of numbers, openapi-typescript leaves out what stands beside a `$ref`, and a type to send
 * lacks its read-only fields, such as `reviewer`. The compiler is not asked about the types of errors.
 */
const UNSEEN_CASES = [
  /`(integer|number)`; it was `(integer|number)`/,
  /^`required` of /,
  /^`WebhookCreate\.reviewer` (?:can no longer|may now) be/,
  /^`\w+Error` is (?:no longer )?exported/,
];

/** The generated modules that the compiler is asked about. Of the validators, which take long, it is told the names. */
async function generatedFrom(document: Document): Promise<GeneratedFiles> {
  const emitters = EMITTERS.filter(
    (emitter) => emitter !== validators && ["client", "contract"].includes(emitter.package),
  );
  const guards = validatedBodies(readModel(document)).map(({ type }) => `export declare const is${type}: unknown;\n`);
  const files = await generateFrom(document, emitters);
  return new Map([...files, ["packages/contract/src/generated/validators.ts", `${guards.join("")}export {};\n`]]);
}

/** A disagreement for people. */
export function describe({ title, found, compiler, changes, verdicts }: Disagreement): string {
  return [
    `${title}: the comparison says ${found}, and the compiler ${compiler}`,
    ...changes.filter(({ level }) => level === found).map(({ what }) => `    ${what}`),
    ...verdicts
      .filter(({ level }) => level === compiler)
      .slice(0, 3)
      .map(({ where, what }) => `    ${where} ${what}`),
  ].join("\n");
}
