import type { Document, ServerVariable } from "@mindbridge-sdk/openapi";
import type { Model } from "../model.ts";
import { BANNER, literal, literalBlock } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The address of the API, its variables, and where the token goes. */
export const server: Emitter = {
  package: "contract",
  files: (model) => ({ "server.ts": emit(model) }),
  exports: () => inEveryContract("OPTIONAL_TOKENS", "SERVER_URL", "SERVER_VARIABLES", "TOKEN_HEADERS"),
};

/** What `{tenant}` may stand for where the document does not say so: nothing that leads to another host or path. */
const USUAL_PATTERN = "^[A-Za-z0-9_-]+$";

/** The variable that users of the client choose. Of any other the address has the default. */
const CHOSEN = "tenant";

/** The address of the API, as a template. */
export function serverUrl({ servers = [] }: Document): string {
  const { url = "", variables = {} } = servers[0] ?? {};
  return url.replaceAll(/\{(\w+)\}/g, (template, name: string) =>
    name === CHOSEN ? template : (variables[name]?.default ?? template),
  );
}

function patternOf({ "x-pattern": pattern, enum: values }: ServerVariable): string {
  return (
    pattern ??
    (values ? `^(?:${values.map((value) => value.replaceAll(/[^\w-]/g, "\\$&")).join("|")})$` : USUAL_PATTERN)
  );
}

function emit({ document, operations }: Model): string {
  const chosen = document.servers?.[0]?.variables?.[CHOSEN];
  const variables = chosen ? { [CHOSEN]: { pattern: patternOf(chosen) } } : {};
  const headers = operations.flatMap(({ method, path, tokenHeader }) =>
    tokenHeader === "authorization" ? [] : [[`${method} ${path}`, tokenHeader] as const],
  );
  const optional = operations.flatMap(({ method, path, isTokenOptional }) =>
    isTokenOptional ? `${method} ${path}` : [],
  );
  return `${BANNER}
/** The address of the API, as a template of OpenAPI: \`{…}\` stands for a variable. */
export const SERVER_URL = ${literal(serverUrl(document))};

/** The variables of {@link SERVER_URL}. \`pattern\` is the source of a regular expression for the values of one. */
export const SERVER_VARIABLES = ${literalBlock(variables)} as const;

/** The header that takes the token, of each operation that does not take it as \`Authorization: Bearer\`; \`""\` if it takes none. */
export const TOKEN_HEADERS = ${literalBlock(Object.fromEntries(headers))} as const;

/** The operations that may be called without the token, and take it if there is one. */
export const OPTIONAL_TOKENS = ${literal(optional)} as const;
`;
}
