import type { Model } from "@mindbridge-sdk/generator";

/** Whether a new status of an operation gives its method something to return that it could not return before. */
export function newStatusIsTyped(
  { before, after }: { readonly before: Model; readonly after: Model },
  operation: string,
  status: string,
): boolean {
  if (!status.startsWith("2")) return false;
  const successes = ({ operations }: Model) =>
    operations.find(({ id }) => id === operation)?.responses.filter((response) => response.status.startsWith("2")) ??
    [];
  const added = successes(after).find((response) => response.status === status);
  return added !== undefined && successes(before).every(({ type }) => type !== added.type);
}
