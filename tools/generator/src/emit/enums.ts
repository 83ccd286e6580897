import type { Model } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";

/** For each enum a list of its values and a guard. */
export function emitEnums({ enums }: Model): string {
  if (enums.length === 0) return `${BANNER}export {};\n`;
  const lists = enums.map(({ name, list, guard, values, description }) =>
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
  return `${BANNER}import type { ${enums.map(({ name }) => name).join(", ")} } from "./types.ts";\n${lists.join("")}`;
}
