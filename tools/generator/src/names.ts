import { camelCase, pascalCase } from "@mindbridge-sdk/openapi";

export { camelCase, pascalCase } from "@mindbridge-sdk/openapi";

/** `WebhookEventLogStatus` → `WEBHOOK_EVENT_LOG_STATUS`. */
export function constantCase(name: string): string {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}

/** `technicalContactId`, `X-Request-Id`, `filter[currency]` → `technical-contact-id`, `x-request-id`, `filter-currency`. */
export function kebabCase(name: string): string {
  return constantCase(name)
    .toLowerCase()
    .replaceAll("_", "-")
    .replaceAll(/^-+|-+$/g, "");
}

/** `WebhookStatus` → `WEBHOOK_STATUSES`: the name of the list of an enum's values. */
export function listName(name: string): string {
  const constant = constantCase(name);
  if (/(?:S|X|Z|CH|SH)$/.test(constant)) return `${constant}ES`;
  if (/[^AEIOU]Y$/.test(constant)) return `${constant.slice(0, -1)}IES`;
  return `${constant}S`;
}

const RESERVED_WORDS = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch " +
    "this throw true try typeof var void while with yield"
  ).split(" "),
);

/** Those of the language, and those that the generated types use. */
const BUILT_IN_TYPES = new Set(
  (
    "any asserts bigint boolean infer is keyof never number object readonly string symbol undefined unique unknown " +
    "Blob NonNullable Omit Record WithRequired"
  ).split(" "),
);

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Whether a function may have a parameter of this name. */
export function isParameterName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED_WORDS.has(name);
}

/** The names of the other parameters of a generated method. */
const METHOD_PARAMETERS = new Set(["body", "options"]);

/** The parameter of a method for a path parameter: `webhookId`, `org.id` → `webhookId`, `orgId`; what is taken, `body` → `bodyParameter`. */
export function argumentName(pathParameter: string): string {
  const name = IDENTIFIER.test(pathParameter) ? pathParameter : camelCase(pathParameter);
  return isParameterName(name) && !METHOD_PARAMETERS.has(name) ? name : `${name}Parameter`;
}

/** The properties of every object, and the one that would make an object a promise. */
export const INHERITED: ReadonlySet<string> = new Set(["then", ...Object.getOwnPropertyNames(Object.prototype)]);

/** Whether a fixture may be a property of this name. */
export function isFixtureName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !INHERITED.has(name);
}

/** Whether a type may have this name. */
export function isTypeName(name: string): boolean {
  return isParameterName(name) && !BUILT_IN_TYPES.has(name);
}

/** The type of a schema has its name, if that is an identifier: `simple-user` → `SimpleUser`. */
export function typeNameOf(schema: string): string {
  return IDENTIFIER.test(schema) ? schema : pascalCase(schema);
}
