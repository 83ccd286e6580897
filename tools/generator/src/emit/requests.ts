import { allOfParts } from "@mindbridge-sdk/openapi";
import type { Model } from "../model.ts";
import { BANNER, literalBlock } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** For each operation with a body: which properties it has. What else an entity has, only the server sets. */
export const requests: Emitter = {
  package: "testing",
  files: (model) => ({ "requests.ts": emit(model) }),
};

function emit({ document, operations }: Model): string {
  const properties = operations.flatMap(({ id, body }) => {
    const parts = body?.schema === undefined ? [] : allOfParts(document, body.schema);
    const names = [...new Set(parts.flatMap(({ value }) => Object.keys(value.properties ?? {})))];
    return names.length === 0 ? [] : [[id, names] as const];
  });
  return `${BANNER}import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** The properties that the body of each operation has, where the document names them. */
export const REQUEST_PROPERTIES: { readonly [Id in OperationId]?: readonly string[] } = ${literalBlock(Object.fromEntries(properties))};
`;
}
