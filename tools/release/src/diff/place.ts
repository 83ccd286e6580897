import type { Document } from "@mindbridge-sdk/openapi";
import type { Compared } from "./compared.ts";
import { type Difference, nodeKeys } from "./difference.ts";
import { holdsNames, isObject, keysOf, pointerOf, valueAt } from "./json.ts";
import { operationsOf, usesOfDifference } from "./rated.ts";

const COMPONENTS: Readonly<Record<string, string>> = {
  examples: "the example",
  headers: "the header",
  parameters: "the parameter",
  requestBodies: "the body",
  responses: "the response",
  securitySchemes: "the security scheme",
};

/** A place of the document as users would call it: `Webhook.events[]`, the response 201 of `webhooks.create`. */
export function placeName(document: Document, pointer: string, operations: readonly string[]): string {
  const keys = keysOf(pointer);
  const [root, kind = "", name = ""] = keys;
  if (root === undefined) return "the document";
  if (root === "components") {
    const inner = within(keys.slice(3));
    if (kind === "schemas") return `\`${name}${inner}\``;
    const own = `${COMPONENTS[kind] ?? kind} \`${textAt(document, keys.slice(0, 3), "name") ?? name}\``;
    return inner === "" ? own : `${own}, \`${inner.replace(/^\./, "")}\``;
  }
  if ((root === "paths" || root === "webhooks") && (keys[2] === "servers" || keys[3] === "servers")) {
    return `the server of \`${operationAt(document, keys) ?? kind}\``;
  }
  if (root === "paths" || root === "webhooks") {
    const rest = keys.slice(3);
    const owner = operations[0] ?? operationAt(document, keys) ?? kind;
    const schema = rest.indexOf("schema");
    const inner = schema === -1 ? "" : within(rest.slice(schema + 1));
    const part = partName(document, keys, rest);
    return `${part === undefined ? "" : `${part} of `}\`${owner}\`${inner === "" ? "" : `, \`${inner.replace(/^\./, "")}\``}`;
  }
  if (root === "tags" && kind !== "") return `the tag \`${textAt(document, ["tags", kind], "name") ?? kind}\``;
  if (root === "servers" && kind !== "") {
    return keys[3] === undefined
      ? `the server \`${textAt(document, ["servers", kind], "url") ?? kind}\``
      : `the server variable \`${keys[3]}\``;
  }
  return `\`${keys.join(".")}\``;
}

/** The node that a difference is about, as users would call it. */
export function nodeName(difference: Difference, compared: Compared): string {
  const side = difference.revision ?? difference.base;
  return nameAt(side === undefined ? [] : nodeKeys(difference, side), difference, compared);
}

/** What stands at some keys of the document that a difference leads into. */
export function nameAt(keys: readonly string[], difference: Difference, compared: Compared): string {
  return placeName(documentOf(difference, compared), pointerOf(keys), operationsMet(difference, compared));
}

/** The operations, or deliveries, that a difference meets, or that it stands in. */
export function operationsMet(difference: Difference, compared: Compared): string[] {
  const met = operationsOf(usesOfDifference(difference, compared));
  if (met.length > 0) return met;
  const { pointer } = difference.revision ?? difference.base ?? { pointer: difference.path };
  const own = operationAt(documentOf(difference, compared), keysOf(pointer));
  return own === undefined ? [] : [own];
}

/** The document that the pointer of a difference leads into. */
function documentOf({ revision: side }: Difference, { base, revision }: Compared): Document {
  return side === undefined ? base : revision;
}

/** What users call the operation, or the delivery, that these keys lead into. */
function operationAt(document: Document, [root, key = "", method = ""]: readonly string[]): string | undefined {
  if (root === "webhooks") return key;
  return root === "paths" ? textAt(document, ["paths", key, method], "operationId") : undefined;
}

function partName(document: Document, keys: readonly string[], [part, which]: readonly string[]): string | undefined {
  if (part === "requestBody") return "the body";
  if (part === "responses" && which !== undefined) return `the response ${which}`;
  if (part !== "parameters" || which === undefined) return undefined;
  const name = textAt(document, keys.slice(0, 5), "name");
  return name === undefined ? "a parameter" : `the parameter \`${name}\``;
}

function textAt(document: Document, keys: readonly string[], property: string): string | undefined {
  const found = valueAt(document, pointerOf(keys));
  return isObject(found) && typeof found[property] === "string" ? found[property] : undefined;
}

/** The fields, and the items, on the way to a schema. */
function within(keys: readonly string[]): string {
  return keys
    .map((key, index) => {
      if (holdsNames(keys.slice(0, index))) return keys[index - 1] === "properties" ? `.${key}` : "";
      if (key === "additionalProperties") return ".*";
      return key === "items" ? "[]" : "";
    })
    .join("");
}
