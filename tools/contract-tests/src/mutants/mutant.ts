import type { Edit } from "./edits.ts";

/** The document with one thing changed, as a slip of the hand or a careless edit would. */
export interface Mutant {
  /** What is changed, in words. */
  readonly name: string;
  /**
   * One change; several edits where a change of one thing shows in several places, as the name of a parameter does, or leaves
   * a component behind that the linter would find unused, whatever the change.
   */
  readonly edits: readonly Edit[];
  /** Why nothing but the comparison with the published facts notices. The run fails if anything else does. */
  readonly onlyFidelity?: string;
  /** Why nothing notices at all. The run fails if anything does. */
  readonly survives?: string;
}

/** The document with the change made. */
export function mutate(document: unknown, { name, edits }: Pick<Mutant, "name" | "edits">): unknown {
  const changed = structuredClone(document);
  try {
    for (const edit of edits) edit(changed);
  } catch (error) {
    throw new Error(`The mutant "${name}" cannot be made: ${String(error)}`, { cause: error });
  }
  return changed;
}
