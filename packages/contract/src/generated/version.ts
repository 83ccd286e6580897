// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = "0.0.0";

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = "b36f1e6111350e31cffbae938e3a6dd558bcd184571c901ce8b629c18b90572f";
