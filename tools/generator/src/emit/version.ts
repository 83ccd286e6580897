import { createHash } from "node:crypto";
import { canonicalJson, type Document } from "@mindbridge-sdk/openapi";
import { BANNER, literal } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The version and the hash of the document. */
export const version: Emitter = {
  package: "contract",
  files: ({ source }) => ({ "version.ts": emit(source) }),
  exports: () => inEveryContract("CONTRACT_HASH", "CONTRACT_VERSION"),
};

function emit(document: Document): string {
  return `${BANNER}
/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = ${literal(document.info?.version)};

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = ${literal(createHash("sha256").update(canonicalJson(document)).digest("hex"))};
`;
}
