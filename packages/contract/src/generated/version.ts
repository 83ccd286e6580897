// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The version of the OpenAPI document that this package was generated from. */
export const CONTRACT_VERSION = "1.0.0";

/** The SHA-256 of the document's meaning: comments, the order of keys and the style of its YAML do not change it. */
export const CONTRACT_HASH = "c13d4cae8b111c23b3d91b364818b17048947f4fc6411f3cc4c9fdea3dea9ce4";
