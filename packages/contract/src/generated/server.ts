// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The address of the API, as a template of OpenAPI: `{…}` stands for a variable. */
export const SERVER_URL = "https://{tenant}.mindbridge.ai/api";

/** The source of a regular expression for `{tenant}` in {@link SERVER_URL}. */
export const TENANT_PATTERN = "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$";
