import { isDeepStrictEqual } from "node:util";
import { canonicalJson, type Document, isObject, keysOf, pointerOf, valueAt } from "@mindbridge-sdk/openapi";

const COMPONENTS: Readonly<Record<string, string>> = {
  examples: "the example",
  headers: "the header",
  pathItems: "the path",
  requestBodies: "the body",
  responses: "the response",
  securitySchemes: "the security scheme",
};

/** A place of a document as users would call it: `Webhook.events[]`, the response 201 of `webhooks.create`. */
export function wordsFor(document: Document, pointer: string): string {
  const keys = keysOf(pointer);
  const [root, kind = "", name = "", variable] = keys;
  if (root === undefined) return "the document";
  if (root === "info") return "the API";
  if (root === "paths" || root === "webhooks") return inPathItem(document, keys.slice(0, 2), keys.slice(2));
  if (root === "tags" && kind !== "") return `the tag \`${textAt(document, root, kind, "name") ?? kind}\``;
  if (root === "servers" && variable !== undefined) return `the server variable \`${variable}\``;
  if (root === "servers" && kind !== "") return `the server \`${textAt(document, root, kind, "url") ?? kind}\``;
  if (root !== "components" || name === "") return `\`${keys.join(".")}\``;
  const rest = keys.slice(3);
  if (kind === "schemas") return `\`${name}${fieldPath(rest)}\``;
  if (kind === "parameters") return inMessage(rest, parameterName(document, root, kind, name));
  if (kind === "pathItems" && rest.length > 0) return inPathItem(document, [root, kind, name], rest);
  return inMessage(rest, `${COMPONENTS[kind] ?? kind} \`${name}\``);
}

/** A place below a path item. */
function inPathItem(document: Document, item: readonly string[], keys: readonly string[]): string {
  const [method = ""] = keys;
  const isShared = method === "parameters";
  const operation = isShared ? item : [...item, method];
  const owner = `\`${textAt(document, ...operation, "operationId") ?? item.at(-1)}\``;
  const [part, which = "", ...rest] = isShared ? keys : keys.slice(1);
  if (part === "requestBody") return inMessage([which, ...rest], `the body of ${owner}`);
  if (part === "responses" && which !== "") return inMessage(rest, `the response ${which} of ${owner}`);
  if (part === "parameters" && which !== "")
    return inMessage(rest, `${parameterName(document, ...operation, part, which)} of ${owner}`);
  return part === "servers" ? `the server of ${owner}` : owner;
}

/** `the query parameter `page``. */
function parameterName(document: Document, ...keys: readonly string[]): string {
  const place = textAt(document, ...keys, "in");
  return `the ${place ? `${place} ` : ""}parameter \`${textAt(document, ...keys, "name") ?? keys.at(-1)}\``;
}

/** A place below a body, a response, a parameter or a header, which is called `own`. */
function inMessage(keys: readonly string[], own: string): string {
  const [part, which] = keys;
  if (part === "headers" && which !== undefined) return inMessage(keys.slice(2), `the header \`${which}\` of ${own}`);
  const schema = keys.indexOf("schema");
  const path = schema === -1 ? "" : fieldPath(keys.slice(schema + 1)).replace(/^\./, "");
  return path === "" ? own : `\`${path}\` of ${own}`;
}

/** The fields and the items on the way to a schema: `.data.items[]`. */
function fieldPath([keyword, name, ...rest]: readonly string[]): string {
  if (keyword === undefined) return "";
  const below = name === undefined ? [] : [name, ...rest];
  switch (keyword) {
    case "properties":
      return name === undefined ? "" : `.${name}${fieldPath(rest)}`;
    case "patternProperties":
      return `.*${fieldPath(rest)}`;
    case "additionalProperties":
      return `.*${fieldPath(below)}`;
    case "items":
    case "prefixItems":
      return `[]${fieldPath(below)}`;
    default:
      return fieldPath(below);
  }
}

function textAt(document: Document, ...keys: readonly string[]): string | undefined {
  const found = valueAt(document, pointerOf(keys));
  return typeof found === "string" ? found : undefined;
}

/** How a keyword of what is named has changed, with its values. */
export function describeKeyword(name: string, keyword: string, from: unknown, to: unknown): string {
  switch (keyword) {
    case "style":
      return `${name} is written in another way.`;
    case "required":
      return `${name} is now ${Number(to) > Number(from) ? "required" : "optional"}.`;
    case "deprecated":
      return `${name} is ${to === true ? "" : "no longer "}deprecated.`;
    case "readOnly":
    case "writeOnly":
      return `${name} is ${to === true ? "now" : "no longer"} ${keyword === "readOnly" ? "read" : "write"}-only.`;
  }
  if (keyword === "mapping") return `\`mapping\` of ${name} ${listChange(from as string[], to as string[])}.`;
  if (Array.isArray(from) && Array.isArray(to)) return `${name} ${listChange(from, to)}.`;
  const own = `\`${keyword}\` of ${name}`;
  if (to === undefined) return `${own} is no longer ${show(from)}.`;
  return `${own} is now ${show(to)}${from === undefined ? "" : `; it was ${show(from)}`}.`;
}

function listChange(from: readonly unknown[], to: readonly unknown[]): string {
  const missing = (list: readonly unknown[], other: readonly unknown[]): string =>
    list
      .filter((value) => !other.some((each) => isDeepStrictEqual(each, value)))
      .map(show)
      .join(", ");
  const [gone, added] = [missing(from, to), missing(to, from)];
  const parts = [...(added ? [`gains ${added}`] : []), ...(gone ? [`loses ${gone}`] : [])];
  return parts.length > 0 ? parts.join(" and ") : "has another order";
}

function show(value: unknown): string {
  const name = isObject(value) && typeof value.$ref === "string" ? keysOf(value.$ref).at(-1) : undefined;
  const text = typeof value === "string" && value !== "" ? value : (name ?? canonicalJson(value));
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
