import type { Document } from "../document.ts";
import { readModel } from "../model.ts";
import type { Finding } from "./index.ts";

/** No two things that are generated for users have the same name. */
export function exportedNamesCheck(document: Document): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  for (const { name, what, path } of readModel(document).exports) {
    const other = seen.get(name);
    if (other === undefined) {
      seen.set(name, what);
    } else {
      findings.push({
        rule: "exported-names",
        message: `${what} and ${other} would both be exported as \`${name}\`. Rename one of them.`,
        path,
      });
    }
  }
  return findings;
}
