import type { Document } from "@mindbridge-sdk/openapi";
import { constantCase } from "../names.ts";
import { BANNER, literal } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The address of the API, and the patterns of its variables. */
export const server: Emitter = {
  package: "contract",
  files: ({ document }) => ({ "server.ts": emit(document) }),
  exports: ({ document }) => [
    ...inEveryContract("SERVER_URL"),
    ...patternsOf(document).map(({ name, variable }) => ({
      name,
      what: `the pattern of the server variable \`${variable}\``,
      pointer: "#/servers/0",
    })),
  ],
};

/** The address of the API, as a template. */
export function serverUrl({ servers }: Document): string {
  return servers?.[0]?.url ?? "";
}

function patternsOf({ servers }: Document) {
  return Object.entries(servers?.[0]?.variables ?? {}).flatMap(([variable, { "x-pattern": pattern }]) =>
    pattern === undefined ? [] : [{ variable, pattern, name: `${constantCase(variable)}_PATTERN` }],
  );
}

function emit(document: Document): string {
  const patterns = patternsOf(document).map(
    ({ name, variable, pattern }) => `
/** The source of a regular expression for \`{${variable}}\` in {@link SERVER_URL}. */
export const ${name} = ${literal(pattern)};
`,
  );
  return `${BANNER}
/** The address of the API, as a template of OpenAPI: \`{…}\` stands for a variable. */
export const SERVER_URL = ${literal(serverUrl(document))};
${patterns.join("")}`;
}
