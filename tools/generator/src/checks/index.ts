import type { Document } from "../document.ts";
import { deliveryTypeCheck } from "./delivery-type.ts";
import { exportedNamesCheck } from "./exported-names.ts";
import { fixtureNamesCheck } from "./fixture-names.ts";

/** Something wrong with the document as a whole. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  /** The keys that lead to the place. */
  readonly path: readonly string[];
}

/** What can be told only of the whole document, when each part of it is valid and every `$ref` leads somewhere. */
export function checkDocument(document: Document): Finding[] {
  const findings = deliveryTypeCheck(document);
  return findings.length > 0 ? findings : [...exportedNamesCheck(document), ...fixtureNamesCheck(document)];
}
