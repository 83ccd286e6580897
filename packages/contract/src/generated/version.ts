// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = "0.0.0";

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = "fb7c280e89be21426b692ed4bd23aab986eebafbd484736662ad204bcdf2dfab";
