import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { breaches } from "../conventions.ts";
import { dereference } from "../dereference.ts";
import type { Document } from "../document.ts";
import { differencesFromFacts } from "../fidelity.ts";
import { type Contract, contractFailure } from "./contract-judge.ts";
import { typeFailure } from "./type-judge.ts";

/** What can notice that a document has been changed. */
export const JUDGES = ["generator", "types", "contract", "fidelity"] as const;
export type Judge = (typeof JUDGES)[number];

/** What each judge that notices says of a document, in a line. */
export type Verdict = Readonly<Partial<Record<Judge, string>>>;

/**
 * Has each judge look at a document.
 *
 * @param contract The contract tests of the document as it is.
 * @param parsed The document to be judged.
 * @param folder Where files can be put, which the caller removes.
 * @throws {Error} where a judge could not do its work.
 */
export async function judge(contract: Contract, parsed: unknown, folder: string): Promise<Verdict> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "openapi.json");
  await writeFile(path, JSON.stringify(parsed, undefined, 2));
  const [types, failure] = await Promise.all([
    typeFailure(path, join(folder, "packages")),
    contractFailure(contract, path, parsed),
  ]);
  const [difference] = fidelityFailures(parsed);
  return {
    ...types,
    ...(failure === undefined ? {} : { contract: failure }),
    ...(difference === undefined ? {} : { fidelity: difference }),
  };
}

function fidelityFailures(parsed: unknown): string[] {
  const document = dereference(parsed) as Document;
  return [...differencesFromFacts(document), ...breaches(document)];
}
