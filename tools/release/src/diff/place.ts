import type { Document } from "@mindbridge-sdk/generator/document";
import { isObject, keysOf, pointerOf, valueAt } from "./json.ts";

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
  if (root === "components") {
    const inner = within(keys.slice(3));
    if (kind === "schemas") return `\`${name}${inner}\``;
    const own = `${COMPONENTS[kind] ?? kind} \`${nameAt(document, pointerOf(keys.slice(0, 3))) ?? name}\``;
    return inner === "" ? own : `${own}, \`${inner.replace(/^\./, "")}\``;
  }
  if (root === "paths" || root === "webhooks") {
    const rest = keys.slice(3);
    const owner = operations[0] ?? operationAt(document, keys) ?? kind;
    const schema = rest.indexOf("schema");
    const inner = schema === -1 ? "" : within(rest.slice(schema + 1));
    const part = partName(document, keys, rest);
    return `${part === undefined ? "" : `${part} of `}\`${owner}\`${inner === "" ? "" : `, \`${inner.replace(/^\./, "")}\``}`;
  }
  if (root === "tags" && kind !== "") return `the tag \`${nameAt(document, pointerOf(["tags", kind])) ?? kind}\``;
  return `\`${keys.join(".") || "the document"}\``;
}

/** What users call the operation, or the delivery, that these keys lead into. */
export function operationAt(document: Document, [root, key = "", method = ""]: readonly string[]): string | undefined {
  if (root === "webhooks") return key;
  const found = root === "paths" && valueAt(document, pointerOf(["paths", key, method, "operationId"]));
  return typeof found === "string" ? found : undefined;
}

function partName(document: Document, keys: readonly string[], [part, which]: readonly string[]): string | undefined {
  if (part === "requestBody") return "the body";
  if (part === "responses" && which !== undefined) return `the response ${which}`;
  if (part !== "parameters" || which === undefined) return undefined;
  const name = nameAt(document, pointerOf(keys.slice(0, 5)));
  return name === undefined ? "a parameter" : `the parameter \`${name}\``;
}

function nameAt(document: Document, pointer: string): string | undefined {
  const found = valueAt(document, pointer);
  return isObject(found) && typeof found.name === "string" ? found.name : undefined;
}

function within(keys: readonly string[]): string {
  let text = "";
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key === "properties") {
      index += 1;
      text += `.${keys[index] ?? ""}`;
    } else if (key === "items") text += "[]";
  }
  return text;
}
