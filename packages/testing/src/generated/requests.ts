// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** The properties that the body of each operation has, where the document names them. */
export const REQUEST_PROPERTIES: { readonly [Id in OperationId]?: readonly string[] } = {
  "webhooks.create": [
    "name",
    "url",
    "technicalContactId",
    "events",
    "status"
  ],
  "webhooks.update": [
    "version",
    "name",
    "url",
    "technicalContactId",
    "events",
    "status"
  ]
};
