import type { Schema } from "@mindbridge-sdk/openapi";
import type { Alias, Model } from "../model.ts";
import { BANNER, docComment, importLine } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** A type for each schema, body, success and set of parameters, under the name that users import. */
export const types: Emitter = {
  package: "contract",
  files: (model) => ({ "types.ts": emit(model) }),
  exports: aliasesOf,
};

/** The types that users import: the schemas of the document, then those that have no name in it. */
export function aliasesOf({ document, readForms, operations, deliveries }: Model): Alias[] {
  const schemas = Object.entries<Schema>(document.components?.schemas ?? {}).map(([name, schema]) => ({
    name,
    expression: `components["schemas"][${JSON.stringify(name)}]`,
    description: (typeof schema === "object" && schema.description) || "",
    what: `the schema \`${name}\``,
    pointer: `#/components/schemas/${readForms.get(name) ?? name}`,
  }));
  const parts = operations.flatMap(({ query, headers, body, responses }) => [query, headers, body, ...responses]);
  return [...schemas, ...[...parts, ...deliveries].flatMap((part) => part?.alias ?? [])];
}

function emit({ document, ...model }: Model): string {
  const schemas = Object.keys(document.components?.schemas ?? {});
  const aliases = aliasesOf({ document, ...model }).slice(schemas.length);
  const used = ["components", "operations", "webhooks"].filter((name) =>
    aliases.some(({ expression }) => new RegExp(`\\b${name}\\[`).test(expression)),
  );
  const lines = aliases.map(
    ({ name, expression, description }) => `\n${docComment("", description)}export type ${name} = ${expression};\n`,
  );
  const imports = importLine("import type", used, "./openapi.ts");
  return `${BANNER}${imports}${importLine("export type", schemas, "./openapi.ts")}${lines.join("")}`;
}
