import type { Model } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** A table of the operations, for code that goes over all of them. */
export const operations: Emitter = {
  package: "contract",
  files: (model) => ({ "operations.ts": emit(model) }),
  exports: () => inEveryContract("OPERATIONS", "OperationId"),
};

function emit(model: Model): string {
  const entries = model.operations.map(
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
 * The operations of the API by the names of the client's methods: \`pathParameters\` in the order of the template,
 * \`statuses\` as the document declares them.
 */
export const OPERATIONS = {
${entries.join("")}} as const;

/** The name of an operation, which is that of its method, such as \`${model.operations[0]?.id ?? ""}\`. */
export type OperationId = keyof typeof OPERATIONS;
`;
}
