// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = "1.0.0";

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = "aae4d49a970eae7c2a2aa306c43ff790702e24fb31faeb252c06cab63db18d08";
