// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** What the operations answer of whose success the document has no example: values of the form that it asks for. */
export const SAMPLES: { readonly [Id in OperationId]?: unknown } = {};
