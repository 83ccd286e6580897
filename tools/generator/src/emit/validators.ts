import type { Document } from "../document.ts";
import type { Model, Validated } from "../model.ts";
import { BANNER, docComment, literal } from "../text.ts";
import { compileValidator } from "../validators/compile.ts";
import { prepareSchema, type Strictness } from "../validators/prepare.ts";
import type { JsonSchema } from "../validators/schema.ts";

/** For each request body, response and delivery a validator in a file of its own, the guards, and a table by operation. */
export function emitValidators(document: Document, model: Model): [name: string, text: string][] {
  const guards = model.validated;
  const isKnown = ({ type }: Validated): boolean =>
    model.operations.some(({ responses }) => responses.some((each) => isSuccess(each) && each.type === type));

  const compiled = ({ type, schema }: Validated, strictness: Strictness): [string, string] => {
    const code = compileValidator(prepareSchema(document, schema as JsonSchema, strictness));
    return [fileName(type, strictness), `${BANNER}${code}`];
  };
  return [
    ...guards.map((each) => compiled(each, "contract")),
    ...guards.filter(isKnown).map((each) => compiled(each, "known")),
    ["validators.ts", emitGuards(guards)],
    ["operation-validators.ts", emitTable(model)],
  ];
}

function emitGuards(guards: readonly Validated[]): string {
  const types = guards.map(({ type }) => type).toSorted();
  const imports = guards.map(
    ({ type }) => `import { validate as validate${type} } from "./${fileName(type, "contract")}";\n`,
  );
  const exports = guards.map(
    ({ type }) => `
${docComment("", `Whether a value is a {@link ${type}} as the contract has it; \`is${type}.problems(value)\` says what is wrong, and where.`)}export const is${type}: Validator<${type}> = /* @__PURE__ */ validator(validate${type});
`,
  );
  if (guards.length === 0) return `${BANNER}export {};\n`;
  return `${BANNER}import { type Validator, validator } from "../validation/validator.ts";
import type { ${types.join(", ")} } from "./types.ts";
${imports.join("")}
export type { Problem, Validator } from "../validation/validator.ts";
${exports.join("")}`;
}

function emitTable(model: Model): string {
  const validated = new Set(model.validated.map(({ type }) => type));
  const isValidated = (type: string | undefined): type is string => type !== undefined && validated.has(type);
  const guards = new Set<string>();
  const inspected = new Set<string>();
  const entries = model.operations.map(({ id, body, responses }) => {
    const lines: string[] = [];
    if (body && isValidated(body.type)) {
      guards.add(body.type);
      lines.push(`    request: is${body.type},\n    isRequestRequired: ${body.required},\n`);
    }
    const byStatus = responses.filter(isSuccess).map(({ status, type }) => {
      if (!isValidated(type)) return `      ${literal(status)}: undefined,\n`;
      inspected.add(type);
      return `      ${literal(status)}: inspect${type},\n`;
    });
    return `  ${literal(id)}: {\n${lines.join("")}    responses: {\n${byStatus.join("")}    },\n  },\n`;
  });
  const types = [...inspected].toSorted();
  const imports = types.flatMap((type) => [
    `import { validate as validate${type} } from "./${fileName(type, "contract")}";\n`,
    `import { validate as validateKnown${type} } from "./${fileName(type, "known")}";\n`,
  ]);
  const guardImport =
    guards.size > 0
      ? `import { ${[...guards]
          .toSorted()
          .map((type) => `is${type}`)
          .join(", ")} } from "./validators.ts";\n`
      : "";
  const inspectors = types.map(
    (type) => `const inspect${type} = /* @__PURE__ */ inspector(validate${type}, validateKnown${type});\n`,
  );
  return `${BANNER}import { ${types.length > 0 ? "inspector, " : ""}type OperationValidators } from "../validation/mismatches.ts";
import type { OperationId } from "./operations.ts";
${guardImport}${imports.join("")}
export type { Inspect, Mismatch, OperationValidators } from "../validation/mismatches.ts";

${inspectors.join("")}
/** How to validate the request of each operation, and how to inspect its responses, by status (\`undefined\`: without content). */
export const OPERATION_VALIDATORS: Readonly<Record<OperationId, OperationValidators>> = {
${entries.join("")}};
`;
}

function isSuccess({ status }: { readonly status: string }): boolean {
  return status.startsWith("2");
}

function fileName(type: string, strictness: Strictness): string {
  return `validators/${type}${strictness === "known" ? ".known" : ""}.ts`;
}
