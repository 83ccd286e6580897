import { type Document, deliveryTypes, METHODS } from "../document.ts";
import type { Finding } from "./index.ts";

/** A delivery says by the `type` in its body what it is, and no two say the same. */
export function deliveryTypeCheck(document: Document): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  for (const [key, pathItem] of Object.entries(document.webhooks ?? {})) {
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (operation === undefined) continue;
      const finding = (message: string) => findings.push({ rule: "delivery-type", message, path: ["webhooks", key] });
      const types = deliveryTypes(document, operation);
      if (types.length === 0) {
        finding(
          `The delivery \`${key}\` does not say what its \`type\` is. Give the \`type\` property of its JSON body a \`const\`, such as \`analysis.completed\`.`,
        );
      }
      for (const type of types) {
        const other = seen.get(type);
        if (other !== undefined)
          finding(`\`${key}\` and \`${other}\` both have the type \`${type}\`. Give each delivery its own.`);
        seen.set(type, key);
      }
    }
  }
  return findings;
}
