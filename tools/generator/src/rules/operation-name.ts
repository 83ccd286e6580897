import type { Oas3Rule } from "@redocly/openapi-core";

const FORM = /^([a-z][A-Za-z0-9]*)\.([a-z][A-Za-z0-9]*)$/;

/** What the client itself, every object, or a promise calls its own. */
const TAKEN = new Set(["api", "then", ...Object.getOwnPropertyNames(Object.prototype)]);

/** The name of an operation is the name of the method that calls it: `resource.method`. */
export const operationName: Oas3Rule = () => ({
  Paths: {
    PathItem: {
      Operation(operation, { report, location }) {
        const at = location.child("operationId");
        const { operationId } = operation;
        if (typeof operationId !== "string") {
          report({
            message: "The operation has no `operationId`. Name it as `resource.method`, such as `webhooks.create`.",
            location: location.key(),
          });
          return;
        }
        const [, resource, method] = FORM.exec(operationId) ?? [];
        if (resource === undefined || method === undefined) {
          report({
            message: `\`${operationId}\` is no \`resource.method\`. Write two names in camelCase with a dot between them, such as \`webhooks.create\`.`,
            location: at,
          });
        } else if (TAKEN.has(resource) || TAKEN.has(method)) {
          report({
            message: `\`${operationId}\` would hide something that the client already has. Choose another name.`,
            location: at,
          });
        }
      },
    },
  },
});
