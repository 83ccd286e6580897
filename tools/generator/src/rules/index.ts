import { jsonOnly } from "./json-only.ts";
import { operationName } from "./operation-name.ts";
import { parameterSupport } from "./parameter-support.ts";
import { schemaNames } from "./schema-names.ts";

/** What this project asks of each part of its document beyond Redocly's `recommended-strict`, as a Redocly plugin. */
export const plugin = {
  id: "mindbridge",
  rules: {
    oas3: {
      "json-only": jsonOnly,
      "operation-name": operationName,
      "parameter-support": parameterSupport,
      "schema-names": schemaNames,
    },
  },
};
