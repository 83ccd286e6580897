// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** Responses made from their schemas, for the operations whose success has no example in the document. */
export const SAMPLES: { readonly [Id in OperationId]?: unknown } = {};
