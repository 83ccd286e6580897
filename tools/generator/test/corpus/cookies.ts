import { type Kind, operation } from "./kind.ts";

/** A cookie, which the client does not send. */
export const cookies: Kind = {
  document: {
    paths: {
      "/baskets": {
        get: operation("baskets.get", {
          parameters: [{ name: "basket", in: "cookie", description: "Which.", schema: { type: "string" } }],
        }),
      },
    },
  },
  refused: { rule: "parameter-support", message: /sends no cookies.*`basket`/, line: `"in": "cookie"` },
};
