import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { FORMATS } from "./formats.ts";
import type { JsonSchema } from "./schema.ts";

/** What ajv's code takes from ajv at run time, and what the contract has in its place. */
const RUNTIME: Readonly<Record<string, string>> = {
  "ajv/dist/runtime/equal": "isEqual",
  "ajv/dist/runtime/ucs2length": "codePoints",
};

/** The code of a validator that needs neither ajv nor `eval`: a module that exports it as `validate`. */
export function compileValidator(schema: JsonSchema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    code: { esm: true, lines: true, source: true },
    formats: { ...FORMATS },
    messages: false,
    // No schema is checked by the meta-schema, since Redocly has checked all: reading it takes as long as a validator.
    meta: false,
    validateSchema: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  const imports = new Set<string>();
  const code = standalone
    .default(ajv, ajv.compile(schema as object))
    .replace('"use strict";\n', "")
    .replace(/^export default \w+;\n/m, "")
    .replaceAll(/require\("([^"]+)"\)\.default/g, (_, module: string) => {
      const name = RUNTIME[module];
      if (name === undefined)
        throw new Error(`ajv's code asks for ${module}, which the contract does not have. Add it to RUNTIME.`);
      imports.add(name);
      return name;
    });
  const importLine =
    imports.size > 0 ? `import { ${[...imports].toSorted().join(", ")} } from "../../validation/runtime.ts";\n` : "";
  const used = code.replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) =>
    code.includes(`${name}.`) ? line : "",
  );
  return `// @ts-nocheck ajv writes JavaScript.\n${importLine}${used.trim()}\n`;
}
