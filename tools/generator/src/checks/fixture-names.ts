import { type Document, deliveryTypes, METHODS } from "../document.ts";
import { camelCase, isFixtureName } from "../names.ts";
import type { Finding } from "./index.ts";

/** The fixture of each type of delivery has a name that can be written, and that no other fixture has. */
export function fixtureNamesCheck(document: Document): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  for (const [key, pathItem] of Object.entries(document.webhooks ?? {})) {
    for (const type of METHODS.flatMap((method) =>
      pathItem[method] ? deliveryTypes(document, pathItem[method]) : [],
    )) {
      const finding = (message: string) => findings.push({ rule: "fixture-names", message, path: ["webhooks", key] });
      const name = camelCase(type);
      const other = seen.get(name);
      if (!isFixtureName(name)) {
        finding(
          `The fixture of the type \`${type}\` would be called \`deliveries.${name}\`, which is no name for one. A type has words of letters and digits, such as \`analysis.completed\`, begins with a letter, and is no word that every object has.`,
        );
      } else if (other !== undefined) {
        finding(
          `The fixtures of the types \`${type}\` and \`${other}\` would both be called \`deliveries.${name}\`. Correct one of the types, or have the generator name fixtures in another way (tools/generator/src/names.ts).`,
        );
      }
      seen.set(name, type);
    }
  }
  return findings;
}
