import { keysOf } from "./json.ts";

/** A place of the document as users would call it: `Webhook.events[]`, `webhooks.create, response 201`. */
export function placeName(pointer: string, operations: readonly string[]): string {
  const keys = keysOf(pointer);
  const [root, kind = "", name = ""] = keys;
  if (root === "components") {
    const inner = within(keys.slice(3));
    return kind === "schemas" ? `\`${name}${inner}\`` : `\`${name}${inner}\` of ${kind}`;
  }
  if (root === "paths" || root === "webhooks") {
    const rest = keys.slice(3);
    const owner = operations[0] ?? name;
    const schema = rest.indexOf("schema");
    const inner = schema === -1 ? "" : within(rest.slice(schema + 1));
    const part =
      rest[0] === "requestBody"
        ? "the body"
        : rest[0] === "responses" && rest[1] !== undefined
          ? `the response ${rest[1]}`
          : rest[0] === "parameters"
            ? "a parameter"
            : undefined;
    return `${part === undefined ? "" : `${part} of `}\`${owner}\`${inner === "" ? "" : `, \`${inner.replace(/^\./, "")}\``}`;
  }
  return `\`${keys.join(".") || "the document"}\``;
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
