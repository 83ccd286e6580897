import type { Document } from "@mindbridge-sdk/generator/document";
import { readModel } from "@mindbridge-sdk/generator/model";

/** Whether a new status of an operation gives its method something to return that it could not return before. */
export function newStatusIsTyped(
  { base, revision }: { readonly base: Document; readonly revision: Document },
  operation: string,
  status: string,
): boolean {
  if (!status.startsWith("2")) return false;
  const successes = (document: Document) =>
    readModel(document)
      .operations.find(({ id }) => id === operation)
      ?.responses.filter((response) => response.status.startsWith("2")) ?? [];
  const added = successes(revision).find((response) => response.status === status);
  return added !== undefined && successes(base).every(({ type }) => type !== added.type);
}
