import { json, type Kind, operation } from "./kind.ts";

/** A document of OpenAPI 3.0, whose `nullable` means nothing in 3.1. */
export const openapi30: Kind = {
  document: {
    openapi: "3.0.3",
    paths: {
      "/notes": {
        post: operation("notes.create", {
          requestBody: { required: true, ...json({ type: "string", nullable: true }) },
        }),
      },
    },
  },
  refused: { rule: "openapi-version", message: /not 3\.0\.3\. Convert.*openapi-format/, line: `"openapi": "3.0.3"` },
};

export const openapi32: Kind = {
  document: { openapi: "3.2.0" },
  refused: { rule: "openapi-version", message: /3\.1, not 3\.2\.0/, line: `"openapi": "3.2.0"` },
};
