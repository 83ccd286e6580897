import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { dereference } from "../dereference.ts";
import { type Document, parseDocument } from "../document.ts";
import { contractOf } from "./contract-judge.ts";
import { judge, type Verdict } from "./judge.ts";
import { type Mutant, mutate } from "./mutant.ts";
import type { Result } from "./result.ts";

/** What became of the document as it is, and of each mutant, in their order. */
export interface Run {
  readonly control: Verdict;
  readonly results: readonly Result[];
}

/**
 * Makes each mutant of the document, and has every judge look at it, as many at a time as there are cores.
 *
 * @throws {Error} where a mutant cannot be made, or a judge could not do its work.
 */
export async function runMutants(mutants: readonly Mutant[]): Promise<Run> {
  const parsed = await parseDocument();
  const contract = contractOf(dereference(parsed) as Document);
  const documents = [parsed, ...mutants.map((mutant) => mutate(parsed, mutant))];
  const verdicts: Verdict[] = [];
  const folder = await mkdtemp(join(tmpdir(), "mutants-"));
  try {
    const queue = documents.entries();
    const worker = async (): Promise<void> => {
      for (const [index, document] of queue) {
        const own = join(folder, String(index));
        verdicts[index] = await judge(contract, document, own);
        await rm(own, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    await rm(folder, { recursive: true });
  }
  const [control = {}, ...others] = verdicts;
  return { control, results: mutants.map((mutant, index) => ({ mutant, verdict: others[index] ?? {} })) };
}
