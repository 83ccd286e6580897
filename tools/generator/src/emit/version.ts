import { createHash } from "node:crypto";
import type { Document } from "../document.ts";
import { BANNER, literal } from "../text.ts";

/** Which contract this is. */
export function emitVersion(document: Document): string {
  return `${BANNER}
/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = ${literal(document.info.version)};

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = ${literal(createHash("sha256").update(canonicalJson(document)).digest("hex"))};
`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
