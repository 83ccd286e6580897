import type { Model } from "../model.ts";
import { BANNER, literal } from "../text.ts";

/** Where the API is. */
export function emitServer({ server }: Model): string {
  const patterns = server.patterns.map(
    ({ name, variable, pattern }) => `
/** The source of a regular expression for \`{${variable}}\` in {@link SERVER_URL}. */
export const ${name} = ${literal(pattern)};
`,
  );
  return `${BANNER}
/** The address of the API, as a template of OpenAPI: \`{…}\` stands for a variable. */
export const SERVER_URL = ${literal(server.url)};
${patterns.join("")}`;
}
