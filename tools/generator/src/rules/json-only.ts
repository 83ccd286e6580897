import type { Oas3Rule } from "@redocly/openapi-core";
import { type Body, JSON_MEDIA_TYPE } from "../document.ts";

function otherMediaTypes(body: Body | undefined): string[] {
  return Object.keys(body?.content ?? {}).filter((mediaType) => mediaType !== JSON_MEDIA_TYPE);
}

function message(mediaType: string): string {
  return `The client speaks \`${JSON_MEDIA_TYPE}\` only, not \`${mediaType}\`. Describe the body as that, or teach the client first.`;
}

/** The client sends JSON, and reads a success as JSON. What an error holds is handed on as it came. */
export const jsonOnly: Oas3Rule = () => ({
  Paths: {
    Operation(operation, { report, location, resolve }) {
      if (operation.requestBody) {
        for (const mediaType of otherMediaTypes(resolve<Body>(operation.requestBody).node)) {
          report({ message: message(mediaType), location: location.child("requestBody").key() });
        }
      }
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        if (!status.startsWith("2") || !response) continue;
        for (const mediaType of otherMediaTypes(resolve<Body>(response).node)) {
          report({ message: message(mediaType), location: location.child(["responses", status]).key() });
        }
      }
    },
  },
});
