import type { Schema } from "@mindbridge-sdk/openapi";
import { compileSchemas } from "../compile-schema.ts";
import { formatsModule } from "../formats.ts";
import { type Body, isNamed, isSuccess, type Model, type Response } from "../model.ts";
import { BANNER, docComment, importLine, literal } from "../text.ts";
import { type PreparedSchemas, prepareSchemas } from "../validators.ts";
import type { Emitter } from "./emitter.ts";

/** For each request body, response and delivery a validator in a file of its own, the guards, and a table by operation. */
export const validators: Emitter = { package: "contract", files: emit };

/** A body that is validated. The module of guards has one that is called after its type. */
interface ValidatedBody {
  readonly type: string;
  readonly schema: Schema;
}

/** The bodies whose type has a name. */
export function validatedBodies({ operations, deliveries }: Model): ValidatedBody[] {
  const bodies = [
    ...operations.flatMap(({ body }) => body ?? []),
    ...operations.flatMap(({ responses }) => responses),
    ...deliveries,
  ];
  return namedBodies(bodies.filter(({ kind }) => kind === "json"));
}

/** The forms whose type has a name. They have no guards: whoever reads one has no such object. */
function validatedForms({ operations }: Model): ValidatedBody[] {
  return namedBodies(operations.flatMap(({ body }) => (body?.kind === "form" ? body : [])));
}

function namedBodies(bodies: readonly (Body | Response)[]): ValidatedBody[] {
  const named = bodies
    .filter(isNamed)
    .flatMap(({ type, schema }) => (type === undefined || schema === undefined ? [] : [{ type, schema }]));
  return [...new Map(named.map((body) => [body.type, body])).values()];
}

function emit(model: Model): Record<string, string> {
  const bodies = validatedBodies(model);
  const successes = new Set(
    model.operations.flatMap(({ responses }) => responses.filter(isSuccess)).map(({ type }) => type),
  );
  const forms = validatedForms(model);
  const byType = (some: readonly ValidatedBody[]) => new Map(some.map(({ type, schema }) => [type, schema]));
  const { schemas, keyOf } = prepareSchemas(model.document, byType(bodies), byType(forms));
  const modules = compileSchemas(schemas, [
    ...bodies.map(({ type }) => keyOf(type, "contract")),
    ...bodies.filter(({ type }) => successes.has(type)).map(({ type }) => keyOf(type, "known")),
    ...forms.map(({ type }) => keyOf(type, "form")),
  ]);
  const formats = new Set([...modules.values()].flatMap((module) => [...module.formats]));
  return Object.fromEntries([
    ...[...modules].map(([key, { code }]) => [`validators/${key}.ts`, `${BANNER}${code}`]),
    ...(formats.size > 0 ? [["validators/string-formats.ts", `${BANNER}${formatsModule(formats)}`]] : []),
    ["validators.ts", emitGuards(bodies)],
    ["operation-validators.ts", emitTable(model, bodies, keyOf)],
  ]);
}

function importValidator(name: string, key: string): string {
  return `import { validate as ${name} } from "./validators/${key}.ts";\n`;
}

function emitGuards(bodies: readonly ValidatedBody[]): string {
  if (bodies.length === 0) return `${BANNER}export type { Problem, Validator } from "../validation/validator.ts";\n`;
  const types = bodies.map(({ type }) => type);
  const guards = types.map(
    (type) => `
${docComment("", `Whether a value is a {@link ${type}} of the contract. \`is${type}.problems(value)\` lists what is wrong, and where.`)}export const is${type}: Validator<${type}> = /* @__PURE__ */ validator(validate${type});
`,
  );
  return `${BANNER}import { type Validator, validator } from "../validation/validator.ts";
${importLine("import type", types, "./types.ts")}${types.map((type) => importValidator(`validate${type}`, type)).join("")}
export type { Problem, Validator } from "../validation/validator.ts";
${guards.join("")}`;
}

function emitTable({ operations }: Model, bodies: readonly ValidatedBody[], keyOf: PreparedSchemas["keyOf"]): string {
  const validated = new Set(bodies.map(({ type }) => type));
  const guarded = new Set<string>();
  const forms = new Set<string>();
  const inspected = new Set<string>();
  const entries = operations.map(({ id, body, responses }) => {
    const request = [];
    if (body?.kind === "json" && validated.has(body.type)) {
      guarded.add(`is${body.type}`);
      request.push(`    request: is${body.type},\n    isRequestRequired: ${body.required},\n`);
    }
    if (body?.kind === "form" && isNamed(body)) {
      forms.add(body.type);
      request.push(`    request: formOf${body.type},\n    isRequestRequired: ${body.required},\n    isForm: true,\n`);
    }
    const byStatus = responses.filter(isSuccess).map(({ status, type }) => {
      if (type === undefined || !validated.has(type)) return `      ${literal(status)}: undefined,\n`;
      inspected.add(type);
      return `      ${literal(status)}: inspect${type},\n`;
    });
    return `  ${literal(id)}: {\n${request.join("")}    responses: {\n${byStatus.join("")}    },\n  },\n`;
  });
  const types = [...inspected].toSorted();
  const formTypes = [...forms].toSorted();
  const imports = [
    ...types.flatMap((type) => [
      importValidator(`validate${type}`, type),
      importValidator(`validateKnown${type}`, keyOf(type, "known")),
    ]),
    ...formTypes.map((type) => importValidator(`validateForm${type}`, keyOf(type, "form"))),
  ];
  const inspectors = types.map(
    (type) => `const inspect${type} = /* @__PURE__ */ inspector(validate${type}, validateKnown${type});\n`,
  );
  const formValidators = formTypes.map(
    (type) => `const formOf${type} = /* @__PURE__ */ validator(validateForm${type});\n`,
  );
  return `${BANNER}import { ${types.length > 0 ? "inspector, " : ""}type OperationValidators } from "../validation/mismatches.ts";
${importLine("import", formTypes.length > 0 ? ["validator"] : [], "../validation/validator.ts")}import type { OperationId } from "./operations.ts";
${importLine("import", guarded, "./validators.ts")}${imports.join("")}
export type { Inspect, Mismatch, OperationValidators } from "../validation/mismatches.ts";

${inspectors.join("")}${formValidators.join("")}
/** Validates the request of each operation, and inspects its responses by status. \`undefined\` stands for a response without content. */
export const OPERATION_VALIDATORS: Readonly<Record<OperationId, OperationValidators>> = {
${entries.join("")}};
`;
}
