import type { Document } from "../document.ts";
import type { Model } from "../model.ts";
import { sample } from "../sample.ts";
import { BANNER, literalBlock } from "../text.ts";

/** What an operation may answer of whose success the document has no example. */
export function emitSamples(document: Document, { operations }: Model): string {
  const samples = operations.flatMap(({ id, responses }) => {
    const success = responses.find(({ status }) => status.startsWith("2"));
    const needsOne = success?.schema && Object.keys(success.examples).length === 0;
    return needsOne ? [[id, sample(document, success.schema)] as const] : [];
  });
  return `${BANNER}import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** What the operations answer of whose success the document has no example: values of the form that it asks for. */
export const SAMPLES: { readonly [Id in OperationId]?: unknown } = ${literalBlock(Object.fromEntries(samples))};
`;
}
