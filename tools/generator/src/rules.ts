import { BASES, JSON_MEDIA_TYPE } from "@mindbridge-sdk/openapi";
import type { Oas3Rule } from "@redocly/openapi-core";
import { INHERITED, isParameterName, isTypeName } from "./names.ts";

/** The names that a resource and a method of the client cannot have. */
const CLIENT_NAMES = new Set(["api", ...INHERITED]);

/** The name of an operation is the name of the method that calls it: `resource.method`. */
const operationName: Oas3Rule = () => ({
  Paths: {
    PathItem: {
      Operation({ operationId }, { report, location }) {
        const at = location.child("operationId");
        if (typeof operationId !== "string") {
          report({
            message: "The operation has no `operationId`. Name it as `resource.method`, such as `webhooks.create`.",
            location: location.key(),
          });
          return;
        }
        const [, resource, method] = /^([a-z][A-Za-z0-9]*)\.([a-z][A-Za-z0-9]*)$/.exec(operationId) ?? [];
        if (resource === undefined || method === undefined) {
          report({
            message: `\`${operationId}\` is no \`resource.method\`. Write two names in camelCase with a dot between them, such as \`webhooks.create\`.`,
            location: at,
          });
        } else if (CLIENT_NAMES.has(resource) || CLIENT_NAMES.has(method)) {
          report({
            message: `\`${operationId}\` would hide something that the client already has. Choose another name.`,
            location: at,
          });
        }
      },
    },
  },
});

/** Users hear what the vendor publishes of each operation. */
const operationBasis: Oas3Rule = () => ({
  Paths: {
    PathItem: {
      Operation(operation, { report, location }) {
        const basis: unknown = Reflect.get(operation, "x-basis");
        if (typeof basis === "string" && basis in BASES) return;
        const known = Object.keys(BASES)
          .map((each) => `\`${each}\``)
          .join(" or ");
        report({
          message: `Say in \`x-basis\` what the vendor publishes of the operation: ${known}.`,
          location: basis === undefined ? location.key() : location.child("x-basis"),
        });
      },
    },
  },
});

/** The client sends JSON, and reads a success as JSON. It hands on the body of an error as it is. */
const jsonOnly: Oas3Rule = () => ({
  Paths: {
    Operation({ requestBody, responses = {} }, { report, location, resolve }) {
      const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
      const bodies = [
        [["requestBody"], requestBody] as const,
        ...successes.map(([status, response]) => [["responses", status], response] as const),
      ];
      for (const [path, body] of bodies) {
        const { content = {} } = (body && resolve<{ readonly content?: object }>(body).node) ?? {};
        for (const mediaType of Object.keys(content).filter((each) => each !== JSON_MEDIA_TYPE)) {
          report({
            message: `The client speaks \`${JSON_MEDIA_TYPE}\` only, not \`${mediaType}\`. Describe the body as that, or teach the client first.`,
            location: location.child([...path]).key(),
          });
        }
      }
    },
  },
});

/** The names of the other parameters of a generated method. */
const METHOD_PARAMETERS = new Set(["body", "options"]);

/** A generated method can take each parameter, and the client can write it. */
const parameterSupport: Oas3Rule = () => ({
  Paths: {
    Parameter(parameter, { report, location }) {
      const { name, explode, style } = parameter;
      if (parameter.in === "path" && (!isParameterName(name) || METHOD_PARAMETERS.has(name))) {
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
          ? { style: "form", others: ["deepObject"], explode: true }
          : { style: "simple", others: [], explode: false };
      const isWritten = [undefined, usual.style, ...usual.others].includes(style);
      if (!isWritten || (explode ?? usual.explode) !== usual.explode) {
        report({
          message: `The client writes ${parameter.in} parameters as \`style: ${usual.style}, explode: ${usual.explode}\` only. Describe \`${name}\` so, or teach the client first.`,
          location: location.child(explode === undefined ? "style" : "explode"),
        });
      }
    },
  },
});

/** The name of a schema is the name of a public type. */
const schemaNames: Oas3Rule = () => ({
  NamedSchemas(schemas, { report, location }) {
    for (const name of Object.keys(schemas).filter((each) => !isTypeName(each))) {
      report({
        message: `\`${name}\` is no name for a TypeScript type. Use letters and digits in PascalCase, such as \`WebhookCreate\`.`,
        location: location.child(name).key(),
      });
    }
  },
});

/** The rules of this project beyond Redocly's `recommended-strict`, as a Redocly plugin. */
export const plugin = {
  id: "mindbridge",
  rules: {
    oas3: {
      "json-only": jsonOnly,
      "operation-basis": operationBasis,
      "operation-name": operationName,
      "parameter-support": parameterSupport,
      "schema-names": schemaNames,
    },
  },
};
