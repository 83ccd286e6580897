// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.

/** The address of the API, as a template of OpenAPI: `{…}` stands for a variable. */
export const SERVER_URL = "https://{tenant}.mindbridge.ai/api";

/** The variables of {@link SERVER_URL}. `pattern` is the source of a regular expression for the values of one. */
export const SERVER_VARIABLES = {
  "tenant": {
    "pattern": "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
  }
} as const;

/** The header that takes the token, of each operation that does not take it as `Authorization: Bearer`; `""` if it takes none. */
export const TOKEN_HEADERS = {} as const;

/** The operations that may be called without the token, and take it if there is one. */
export const OPTIONAL_TOKENS = [] as const;
