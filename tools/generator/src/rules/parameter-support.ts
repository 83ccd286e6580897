import type { Oas3Rule } from "@redocly/openapi-core";
import { isParameterName } from "../names.ts";

/** What the generated methods call their other parameters. */
const TAKEN = new Set(["body", "options"]);

/** Parameters are such as a method can take and the client can write. */
export const parameterSupport: Oas3Rule = () => ({
  Paths: {
    Parameter(parameter, { report, location }) {
      const { name, explode, style } = parameter;
      if (parameter.in === "path" && (!isParameterName(name) || TAKEN.has(name))) {
        report({
          message: `The path parameter \`${name}\` cannot be the parameter of a TypeScript method. Use a name in camelCase, such as \`webhookId\`, other than \`body\` and \`options\`.`,
          location: location.child("name"),
        });
      }
      if (parameter.in === "cookie") {
        report({
          message: `The client sends no cookies. Remove the parameter \`${name}\`.`,
          location: location.child("in"),
        });
      }
      const usual =
        parameter.in === "query"
          ? { style: ["form", "deepObject"], explode: true }
          : { style: ["simple"], explode: false };
      if (
        (style !== undefined && !usual.style.includes(style)) ||
        (explode !== undefined && explode !== usual.explode)
      ) {
        report({
          message: `The client writes ${parameter.in} parameters as \`style: ${usual.style[0]}, explode: ${usual.explode}\` only. Describe \`${name}\` so, or teach the client first.`,
          location: location.child(explode === undefined ? "style" : "explode"),
        });
      }
    },
  },
});
