import type { OperationObject } from "./document.ts";

/** `webhookEventLogs.get`, `analysis.completed` → `WebhookEventLogsGet`, `AnalysisCompleted`. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase());
}

/** `analysis.completed`, `USER_INVITED` → `analysisCompleted`, `userInvited`. */
export function camelCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => (/[a-z]/.test(word) ? word : word.toLowerCase()));
  const joined = pascalCase(words.join("."));
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

/** What the name of a method follows from. */
export type NamedOperation = Pick<OperationObject, "operationId" | "x-method-name" | "tags">;

/**
 * The name of the client's method for an operation: `x-method-name`, or what follows from the `operationId`. One of several words is
 * taken as it is, without a version before it: `v1.keys.rotate` and `keys/rotate` are `keys.rotate`. One word is a method of the first
 * tag, or else of the first part of the path: `getTicketCode` is `tickets.getTicketCode`.
 */
export function methodNameOf(path: string, operation: NamedOperation): string {
  const { operationId = "", tags: [tag = ""] = [], "x-method-name": given } = operation;
  if (given !== undefined) return given;
  const words = operationId
    .split(/[.:/#]|__/)
    .map(camelCase)
    .filter((word) => word !== "");
  const [version = "", ...unversioned] = words;
  const named = unversioned.length > 1 && /^v\d+$/.test(version) ? unversioned : words;
  return named.length === 1 ? `${camelCase(tag) || resourceIn(path)}.${named[0]}` : named.join(".");
}

/** `/v1/ticket-codes/{id}` → `ticketCodes`. */
function resourceIn(path: string): string {
  const part = path.split("/").find((each) => /^[a-z]/i.test(each) && !/^(?:api|v\d+)$/i.test(each));
  return camelCase(part ?? "");
}
