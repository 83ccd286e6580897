import { errorNameOf } from "../../../../packages/client/src/statuses.ts";
import { isSuccess, type Model, type Operation, type Pages, type Response } from "../model.ts";
import { pascalCase } from "../names.ts";
import { BANNER, docComment, importLine, literal } from "../text.ts";
import type { Emitter } from "./emitter.ts";

/** The client's resources: an interface for each, and the calls behind their methods. */
export const resources: Emitter = {
  package: "client",
  files: (model) => ({ "resources.ts": emit(model) }),
};

function emit(model: Model): string {
  const typeName = (resource: string) => `${pascalCase(resource)}Resource`;
  const interfaces = model.resources.map(
    ({ name, description, operations }) => `
${docComment("", description)}export interface ${typeName(name)} {
${operations.map(emitSignature).join("\n")}}
`,
  );
  const properties = model.resources.map(
    ({ name, description }) => `${docComment("  ", description)}  readonly ${name}: ${typeName(name)};\n`,
  );
  const values = model.resources.map(
    ({ name, operations }) => `    this.${name} = {\n${operations.map(emitCall).join("")}    };\n`,
  );
  const operations = model.resources.flatMap((resource) => resource.operations);
  const hasPages = operations.some(({ pages }) => pages !== undefined);
  const used = [
    ...(operations.some(({ body }) => body?.entity !== undefined) ? ["AsRead"] : []),
    ...(operations.some(({ pages }) => pages === undefined) ? ["APIPromise"] : []),
    "RequestFunction",
    "RequestOptions",
  ];
  return `${BANNER}import type * as Contract from "@mindbridge-sdk/contract";
${hasPages ? 'import { type PagePromise, paginate } from "../pages.ts";\n' : ""}${importLine("import type", used, "../resource.ts")}${interfaces.join("")}
/** What the client offers, by resource. */
export class Resources {
${properties.join("")}
  constructor(request: RequestFunction) {
${values.join("")}  }
}
`;
}

function emitSignature(operation: Operation): string {
  const { name, pathParameters, body, responses, pages } = operation;
  const successes = responses.filter(isSuccess);
  const resultTypes = new Set(successes.map(({ type }) => (type === undefined ? "undefined" : `Contract.${type}`)));
  const result = [...resultTypes].join(" | ") || "undefined";
  const parameters = [
    ...pathParameters.map((parameter) => `${parameter.name}: ${parameter.type}`),
    // TypeScript takes no optional parameter before a required one.
    ...(body ? [bodyParameter(operation, body)] : []),
    optionsParameter(operation),
  ];
  const described = successes.map(({ description }) => description).join(" Or: ");
  const returns = pages ? `${described} Iterate over it for the items of all pages.` : described;
  return `${methodComment(operation, returns)}  ${name}(${parameters.join(", ")}): ${promiseOf(result, successes[0], pages)};\n`;
}

/** The first success is the page. Others may bring something else. */
function promiseOf(result: string, page: Response | undefined, pages: Operation["pages"]): string {
  if (!pages) return `APIPromise<${result}>`;
  const { itemType, items } = pages;
  const item =
    itemType === undefined ? `NonNullable<Contract.${page?.type}[${literal(items)}]>[number]` : `Contract.${itemType}`;
  return `PagePromise<${result}, ${item}>`;
}

function emitCall(operation: Operation): string {
  const { id, name, method, path, pathParameters, body, safe, pages } = operation;
  const names = pathParameters.map((parameter) => parameter.name);
  const content = contentOf(operation);
  const input = [
    ...(names.length > 0 ? [`path: { ${names.join(", ")} }`] : []),
    ...(body ? ["body"] : []),
    ...(body && body.readOnly.length > 0 ? [`readOnly: ${list(body.readOnly)}`] : []),
    ...(content ? [`content: ${literal(content)}`] : []),
    ...(safe && method === "POST" ? ["safe: true"] : []),
  ];
  const given = body?.default === undefined ? "body" : `body = ${literal(body.default)}`;
  const parameters = [...names, ...(body ? [given] : []), "options"].join(", ");
  const request = [literal(id), literal(method), literal(path), `{ ${input.join(", ")} }`, "options"].join(", ");
  const call = pages ? `paginate(request, ${emitPages(pages)}, ${request})` : `request(${request})`;
  return `      ${name}: (${parameters}) => ${call},\n`;
}

/** Whether every success has content (`undefined`), or some, or none. */
function contentOf({ responses }: Operation): "optional" | "none" | undefined {
  const successes = responses.filter(isSuccess);
  const withContent = successes.filter(({ type }) => type !== undefined);
  if (withContent.length === successes.length) return undefined;
  return withContent.length > 0 ? "optional" : "none";
}

function emitPages(pages: Pages): string {
  const { style: _, itemType: __, ...names } = pages;
  return `{ ${Object.entries(names)
    .map(([name, value]) => `${name}: ${literal(value)}`)
    .join(", ")} }`;
}

function list(values: readonly string[]): string {
  return `[${values.map(literal).join(", ")}]`;
}

function needsOptions({ query, headers }: Operation): boolean {
  return query?.required === true || headers?.required === true;
}

function bodyParameter(operation: Operation, body: NonNullable<Operation["body"]>): string {
  const own = `Contract.${body.type}`;
  const type = body.entity === undefined ? own : `AsRead<${own}, Contract.${body.entity}>`;
  if (body.required && body.default === undefined) return `body: ${type}`;
  return needsOptions(operation) ? `body: ${type} | undefined` : `body?: ${type}`;
}

function optionsParameter(operation: Operation): string {
  const { query, headers } = operation;
  const extra = [
    ...(query ? [query.required ? `query: Contract.${query.type}` : `query?: Contract.${query.type} | undefined`] : []),
    ...(headers
      ? [headers.required ? `headers: Contract.${headers.type}` : `headers?: Contract.${headers.type} | undefined`]
      : []),
  ];
  const type = extra.length > 0 ? `RequestOptions & { ${extra.join("; ")} }` : "RequestOptions";
  return `options${needsOptions(operation) ? "" : "?"}: ${type}`;
}

function entityNote({ entity, readOnly }: NonNullable<Operation["body"]>): string {
  return entity === undefined
    ? ""
    : ` A \`${entity}\` as it was read will do: the client does not send ${readOnly.map((name) => `\`${name}\``).join(", ")}.`;
}

function methodComment(operation: Operation, returns: string): string {
  const { summary, description, method, path, source, pathParameters, body, responses, deprecated, query } = operation;
  const failures = responses.filter((response) => !isSuccess(response));
  return docComment(
    "  ",
    summary,
    description,
    `\`${method} ${path}\`${source === undefined ? "" : `, from: ${source}.`}`,
    ...pathParameters.map((parameter) => `@param ${parameter.name} ${parameter.description}`),
    ...(body ? [`@param body ${body.description}${entityNote(body)}`] : []),
    `@param options For this call only${query ? "; the query parameters are in `options.query`" : ""}.`,
    `@returns ${returns}`,
    ...failures.map(({ status, description: when }) => `@throws {${errorNameOf(status)}} ${status}: ${when}`),
    ...(deprecated ? ["@deprecated The contract says that this operation will go."] : []),
  );
}
