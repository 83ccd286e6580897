import type { Model } from "../model.ts";
import { BANNER, docComment } from "../text.ts";

/** A type for each schema, body, response and set of parameters, under the name that people import. */
export function emitTypes({ aliases }: Model): string {
  const used = ["components", "operations", "webhooks"].filter((name) =>
    aliases.some(({ type }) => new RegExp(`\\b${name}\\[`).test(type)),
  );
  const imports = used.length > 0 ? `import type { ${used.join(", ")} } from "./openapi.ts";\n` : "";
  const types = aliases.map(
    ({ name, type, description }) => `\n${docComment("", description)}export type ${name} = ${type};\n`,
  );
  return `${BANNER}${imports}${types.join("")}`;
}
