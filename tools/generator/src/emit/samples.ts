import { isSuccess, type Model } from "../model.ts";
import { sample } from "../sample.ts";
import { BANNER, literalBlock } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** For each operation whose success has no example in the document: a response made from its schema. */
export const samples: Emitter = {
  package: "testing",
  files: (model) => ({ "samples.ts": emit(model) }),
};

function emit({ document, operations }: Model): string {
  const made = operations.flatMap(({ id, responses }) => {
    const success = responses.find(isSuccess);
    const needsOne = success?.schema !== undefined && Object.keys(success.examples).length === 0;
    return needsOne ? [[id, sample(document, success.schema)] as const] : [];
  });
  return `${BANNER}import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** Responses made from their schemas, for the operations whose success has no example in the document. */
export const SAMPLES: { readonly [Id in OperationId]?: unknown } = ${literalBlock(Object.fromEntries(made))};
`;
}
