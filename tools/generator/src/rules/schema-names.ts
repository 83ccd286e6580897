import type { Oas3Rule } from "@redocly/openapi-core";
import { isTypeName } from "../names.ts";

/** The name of a schema is the name of a public type. */
export const schemaNames: Oas3Rule = () => ({
  NamedSchemas(schemas, { report, location }) {
    for (const name of Object.keys(schemas)) {
      if (!isTypeName(name)) {
        report({
          message: `\`${name}\` is no name for a TypeScript type. Use letters and digits in PascalCase, such as \`WebhookCreate\`.`,
          location: location.child(name).key(),
        });
      }
    }
  },
});
