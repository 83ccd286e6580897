import type { Model } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";

/** A table of the operations, for whoever walks over all of them. */
export function emitOperations({ operations }: Model): string {
  const entries = operations.map(
    (operation) => `${docComment("  ", operation.summary)}  ${literal(operation.id)}: {
    method: ${literal(operation.method)},
    path: ${literal(operation.path)},
    pathParameters: ${literal(operation.pathParameters.map(({ name }) => name))},
    hasQuery: ${operation.query !== undefined},
    hasBody: ${operation.body !== undefined},
    statuses: ${literal(operation.responses.map(({ status }) => status))},
  },
`,
  );
  return `${BANNER}
/**
 * The operations of the API by their \`operationId\`, which is also the name of the client's method: \`pathParameters\` in
 * the order of the template, \`statuses\` as the document declares them.
 */
export const OPERATIONS = {
${entries.join("")}} as const;

/** The name of an operation, such as \`${operations[0]?.id ?? ""}\`. */
export type OperationId = keyof typeof OPERATIONS;
`;
}
