import { isDeepStrictEqual } from "node:util";
import { canonicalJson, type Document, isObject, keysOf, pointerOf, valueAt } from "@mindbridge-sdk/openapi";

const COMPONENTS: Readonly<Record<string, string>> = {
  examples: "the example",
  headers: "the header",
  parameters: "the parameter",
  pathItems: "the path",
  requestBodies: "the body",
  responses: "the response",
  securitySchemes: "the security scheme",
};

/** A place of a document as users would call it: `Webhook.events[]`, the response 201 of `webhooks.create`. */
export function wordsFor(document: Document, pointer: string): string {
  const keys = keysOf(pointer);
  const [root, kind = "", name = ""] = keys;
  if (root === undefined) return "the document";
  if (root === "info") return "the API";
  if (root === "paths" || root === "webhooks") return inOperation(document, keys, 2);
  if (root === "components" && kind === "pathItems" && keys.length > 3) return inOperation(document, keys, 3);
  if (root === "components" && kind === "schemas") return `\`${name}${fieldPath(keys.slice(3))}\``;
  if (root === "components" && name !== "") {
    const own = `${COMPONENTS[kind] ?? kind} \`${textAt(document, [...keys.slice(0, 3), "name"]) ?? name}\``;
    return inMessage(keys.slice(3), own);
  }
  if (root === "tags" && kind !== "") return `the tag \`${textAt(document, ["tags", kind, "name"]) ?? kind}\``;
  if (root === "servers" && kind !== "") {
    return keys[3] === undefined
      ? `the server \`${textAt(document, ["servers", kind, "url"]) ?? kind}\``
      : `the server variable \`${keys[3]}\``;
  }
  return `\`${keys.join(".")}\``;
}

/** A place below a path item, at whose keys the method stands at `depth`. */
function inOperation(document: Document, keys: readonly string[], depth: number): string {
  const [root, key = "", name = ""] = keys;
  const method = keys.slice(0, depth + 1);
  const owner = `\`${textAt(document, [...method, "operationId"]) ?? (root === "components" ? name : key)}\``;
  const rest = keys.slice(depth + 1);
  const [part, which = ""] = rest;
  if (part === "requestBody") return inMessage(rest.slice(1), `the body of ${owner}`);
  if (part === "responses" && rest.length > 1) return inMessage(rest.slice(2), `the response ${which} of ${owner}`);
  if (part === "parameters" && rest.length > 1) {
    const parameter = textAt(document, [...method, "parameters", which, "name"]);
    return inMessage(rest.slice(2), `the parameter \`${parameter ?? which}\` of ${owner}`);
  }
  return part === "servers" ? `the server of ${owner}` : owner;
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
function fieldPath(keys: readonly string[]): string {
  const [keyword, name, ...rest] = keys;
  if (keyword === undefined) return "";
  if (keyword === "properties" && name !== undefined) return `.${name}${fieldPath(rest)}`;
  if (keyword === "additionalProperties" || keyword === "patternProperties")
    return `.*${fieldPath(keyword === "patternProperties" ? rest : keys.slice(1))}`;
  return `${keyword === "items" || keyword === "prefixItems" ? "[]" : ""}${fieldPath(keys.slice(1))}`;
}

function textAt(document: Document, keys: readonly string[]): string | undefined {
  const found = valueAt(document, pointerOf(keys));
  return typeof found === "string" ? found : undefined;
}

/** How a keyword of what is named has changed, with its values. */
export function describeKeyword(name: string, keyword: string, from: unknown, to: unknown): string {
  if (Array.isArray(from) && Array.isArray(to)) return `${name} ${listChange(from, to)}.`;
  switch (keyword) {
    case "deprecated":
      return `${name} is ${to === true ? "" : "no longer "}deprecated.`;
    case "readOnly":
    case "writeOnly":
      return `${name} is ${to === true ? "now" : "no longer"} ${keyword === "readOnly" ? "read" : "write"}-only.`;
  }
  const own = `\`${keyword}\` of ${name}`;
  if (from === undefined) return `${own} is now ${show(to)}.`;
  if (to === undefined) return `${own} is no longer ${show(from)}.`;
  return `${own} is now ${show(to)}; it was ${show(from)}.`;
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
  const text =
    typeof value === "string" && value !== ""
      ? value
      : isObject(value) && typeof value.$ref === "string"
        ? (keysOf(value.$ref).at(-1) ?? "")
        : canonicalJson(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
