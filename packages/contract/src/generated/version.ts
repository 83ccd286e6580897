// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = "0.0.0";

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = "52f8fe24f73c4431664330fd91762bc1febf64e6cc23dbe2761e5d0b2ff5f5b0";
