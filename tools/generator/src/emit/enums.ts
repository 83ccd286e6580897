import { isObject, type Schema } from "@mindbridge-sdk/openapi";
import type { Model } from "../model.ts";
import { listName, pascalCase } from "../names.ts";
import { BANNER, docComment, literal } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** For each enum among the components a list of its values and a guard. */
export const enums: Emitter = {
  package: "contract",
  files: (model) => ({ "enums.ts": emit(model) }),
  exports: (model) =>
    enumsOf(model).flatMap(({ name, list, guard, pointer }) => [
      { name: list, what: `the values of \`${name}\``, pointer },
      { name: guard, what: `the guard of \`${name}\``, pointer },
    ]),
};

export interface Enum {
  readonly name: string;
  /** The name of the constant that lists its values. */
  readonly list: string;
  /** The name of the function that tells them. */
  readonly guard: string;
  readonly values: readonly unknown[];
  readonly description: string;
  readonly pointer: string;
}

export function enumsOf({ document }: Model): Enum[] {
  return Object.entries<Schema>(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
    isObject(schema) && schema.enum
      ? [
          {
            name,
            list: listName(name),
            guard: `is${pascalCase(name)}`,
            values: schema.enum,
            description: schema.description ?? "",
            pointer: `#/components/schemas/${name}`,
          },
        ]
      : [],
  );
}

function emit(model: Model): string {
  const all = enumsOf(model);
  if (all.length === 0) return `${BANNER}export {};\n`;
  const lists = all.map(({ name, list, guard, values, description }) =>
    [
      "",
      `${docComment("", `The values of {@link ${name}} that this version of the contract knows.`, description)}export const ${list} = [`,
      ...values.map((value) => `  ${literal(value)},`),
      `] as const satisfies readonly ${name}[];`,
      "",
      `/** Whether \`value\` is one of {@link ${list}}: \`false\` for a value that is newer than this version of the contract. */`,
      `export function ${guard}(value: unknown): value is ${name} {`,
      `  return (${list} as readonly unknown[]).includes(value);`,
      "}",
      "",
    ].join("\n"),
  );
  return `${BANNER}import type { ${all.map(({ name }) => name).join(", ")} } from "./types.ts";\n${lists.join("")}`;
}
